//! Gradients.

/// A gradient of which a page touches few rows.
pub(super) struct Rows<const N: usize> {
    /// One more than the row's place in `sums`; 0 for rows that were not touched.
    place: Vec<u32>,
    sums: Vec<(usize, [f32; N])>,
}

impl<const N: usize> Rows<N> {
    pub(super) fn new(rows: usize) -> Self {
        Rows { place: vec![0; rows], sums: Vec::new() }
    }

    #[inline]
    pub(super) fn add(&mut self, row: u16, gradient: &[f32; N]) {
        let place = &mut self.place[row as usize];
        if *place == 0 {
            self.sums.push((row as usize, [0.0; N]));
            *place = self.sums.len() as u32;
        }
        self.sums[*place as usize - 1].1.iter_mut().zip(gradient).for_each(|(sum, g)| *sum += g);
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = (usize, &[f32; N])> {
        self.sums.iter().map(|(row, sum)| (*row, sum))
    }
}

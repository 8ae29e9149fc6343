use copydesk_html::{Limits, Reader};
use copydesk_model::{Capture, Refused};

/// Reads the text out of captures that came as HTML. One a thread: it remembers what pages have in common.
#[derive(Debug, Default)]
pub struct Pages {
    reader: Reader,
}

impl Pages {
    /// The capture with its text and markup; a capture that came as text is handed back as it is.
    ///
    /// ```
    /// use copydesk_model::{Capture, Html};
    /// let html = Html { bytes: b"<h1>Ferry runs again</h1><p>It sailed on Monday.".to_vec(), charset: String::new(), ..Html::default() };
    /// let capture = Capture { html: Some(Box::new(html)), ..Capture::default() };
    /// let capture = copydesk_pipeline::Pages::default().read(capture).unwrap();
    /// assert_eq!(capture.text, "Ferry runs again\n\nIt sailed on Monday.\n");
    /// assert_eq!(capture.markup.unwrap().marks.len(), 2);
    /// ```
    pub fn read(&mut self, mut capture: Capture) -> Result<Capture, Refused> {
        let Some(html) = capture.html.take() else { return Ok(capture) };
        match self.reader.read(&html, &capture.url, &Limits::default()) {
            Ok(page) => {
                capture.text = page.text;
                capture.markup = Some(Box::new(page.markup));
                Ok(capture)
            }
            Err(refusal) => {
                let source = format!("capture `{}`", capture.id);
                Err(Refused {
                    outcome: refusal.outcome,
                    source,
                    site: capture.site().to_owned(),
                    message: refusal.message,
                    revisit: None,
                })
            }
        }
    }
}

//! What a page says about itself.

use copydesk_model::About;

use crate::blocks::Laid;
use crate::scan::Stream;

pub(crate) fn read(_: &Stream<'_>, _: &str, _: &Laid) -> About {
    About::default()
}

pub(crate) fn echo(_: &About, _: &mut Laid) {}

use copydesk_html::Limits;
use copydesk_model::{Capture, Refused};

/// Reads the text out of a capture that came as HTML; a capture that has its text already is handed back as it is.
///
/// ```
/// use copydesk_model::{Capture, Html};
/// let html = Html { bytes: b"<h1>Ferry runs again</h1><p>It sailed on Monday.".to_vec(), charset: String::new() };
/// let capture = copydesk_pipeline::read_page(Capture { html: Some(Box::new(html)), ..Capture::default() }).unwrap();
/// assert_eq!(capture.text, "Ferry runs again\n\nIt sailed on Monday.\n");
/// assert_eq!(capture.markup.unwrap().marks.len(), 2);
/// ```
pub fn read_page(mut capture: Capture) -> Result<Capture, Refused> {
    let Some(html) = capture.html.take() else { return Ok(capture) };
    match copydesk_html::read(&html, &capture.url, &Limits::default()) {
        Ok(page) => {
            capture.text = page.text;
            capture.markup = Some(Box::new(page.markup));
            Ok(capture)
        }
        Err(refusal) => Err(Refused {
            outcome: refusal.outcome,
            source: format!("capture `{}`", capture.id),
            message: refusal.message,
        }),
    }
}

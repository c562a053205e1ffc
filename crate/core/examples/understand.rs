//! Descriptions of pages in, a JSON text a line; their forms out, likewise.
//! For `tools/forms.mjs score`.

use std::io::{BufRead, Write, stdin, stdout};

use sigill_core::fill::{Lexicon, Page, understand};

fn main() -> std::io::Result<()> {
    let lexicon = Lexicon::new();
    for line in stdin().lock().lines() {
        let page: Page = serde_json::from_str(&line?)?;
        serde_json::to_writer(stdout(), &understand(&lexicon, &page))?;
        writeln!(stdout())?;
    }
    Ok(())
}

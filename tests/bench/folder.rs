//! A novel as the folder of a book.

use crate::novel;
use std::fmt::Write;
use std::path::Path;

/// Chapters of a novel, each some paragraphs.
pub(crate) fn chapters(chars: usize, chapters: usize) -> Vec<Vec<String>> {
    let all = novel::paragraphs(chars);
    let each = all.len().div_ceil(chapters.max(1)).max(1);
    all.chunks(each).map(<[String]>::to_vec).collect()
}

/// Writes a novel as a book for keben, with contents and settings.
pub(crate) fn write(dir: &Path, chars: usize, count: usize) -> std::io::Result<()> {
    std::fs::create_dir_all(dir)?;
    let mut summary = String::from("# 目录\n\n");
    for (n, paragraphs) in chapters(chars, count).iter().enumerate() {
        let title = format!("第{}回", n + 1);
        let text = format!("# {title}\n\n{}\n", paragraphs.join("\n\n"));
        std::fs::write(dir.join(format!("c{n:02}.md")), text)?;
        writeln!(summary, "- [{title}](c{n:02}.md)").ok();
    }
    std::fs::write(dir.join("SUMMARY.md"), summary)?;
    let settings = "[book]\ntitle = \"小说\"\nslug = \"novel\"\nsrc = \".\"\n";
    std::fs::write(dir.join("book.toml"), settings)
}

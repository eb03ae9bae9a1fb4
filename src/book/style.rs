//! Parts that blocks play: a letter and its signature, the source of a quotation.

/// What a group of blocks is, or one paragraph in it. How each looks is a row of a
/// table of the page ([`crate::page`]) and a class in EPUB.
#[derive(Debug, Copy, Clone, Eq, PartialEq)]
pub enum BlockStyle {
    /// paragraphs in the middle
    Center,
    /// paragraphs at the line's end
    Right,
    /// a letter
    Letter,
    /// 亲爱的某某：
    Salutation,
    /// 此致
    Regards,
    /// 敬礼！
    Respects,
    /// who signs, and when
    Signature,
    /// a motto at a chapter's head
    Epigraph,
    /// where a quotation comes from: ——某某
    Source,
    /// verse with its title
    Poem,
    /// the title of verse
    PoemTitle,
    /// who wrote it
    PoemAuthor,
}

impl BlockStyle {
    /// ASCII name, for classes and dumps.
    pub fn name(self) -> &'static str {
        match self {
            BlockStyle::Center => "center",
            BlockStyle::Right => "right",
            BlockStyle::Letter => "letter",
            BlockStyle::Salutation => "salutation",
            BlockStyle::Regards => "regards",
            BlockStyle::Respects => "respects",
            BlockStyle::Signature => "signature",
            BlockStyle::Epigraph => "epigraph",
            BlockStyle::Source => "source",
            BlockStyle::Poem => "poem",
            BlockStyle::PoemTitle => "poem-title",
            BlockStyle::PoemAuthor => "poem-author",
        }
    }
}

//! What a chapter is, in the words of EPUB and DPUB-ARIA, guessed from where it
//! stands and what it is called.

use crate::book::{Chapter, Role, text::plain};

/// `epub:type` and `role` of a section; empty where there is no word.
pub(super) type Kind = (&'static str, &'static str);

/// Beginnings or parts of titles, and what they mean. The first row that fits wins.
const FRONT: &[(&[&str], Kind)] = &[
    (&["版权", "版權", "copyright"], ("copyright-page", "")),
    (&["献词", "献辞", "獻詞", "獻辭", "dedication"], ("dedication", "doc-dedication")),
    (&["题记", "題記", "epigraph"], ("epigraph", "")),
    (&["致谢", "鸣谢", "致謝", "acknowledg"], ("acknowledgments", "doc-acknowledgments")),
    (&["前言", "引言", "preface"], ("preface", "doc-preface")),
    (
        &["导言", "导论", "绪论", "導言", "導論", "緒論", "introduction"],
        ("introduction", "doc-introduction"),
    ),
    (&["序", "foreword"], ("foreword", "doc-foreword")),
    (&["楔子", "prologue"], ("prologue", "doc-prologue")),
];

const BACK: &[(&[&str], Kind)] = &[
    (&["附录", "附錄", "appendix"], ("appendix", "doc-appendix")),
    (&["后记", "後記", "跋", "afterword"], ("afterword", "doc-afterword")),
    (&["尾声", "尾聲", "epilogue"], ("epilogue", "doc-epilogue")),
    (&["结语", "結語", "conclusion"], ("conclusion", "doc-conclusion")),
    (&["术语", "词汇", "術語", "詞彙", "glossary"], ("glossary", "doc-glossary")),
    (
        &["参考文献", "参考书", "參考", "书目", "書目", "bibliography", "references"],
        ("bibliography", "doc-bibliography"),
    ),
    (&["致谢", "鸣谢", "致謝", "acknowledg"], ("acknowledgments", "doc-acknowledgments")),
    (&["勘误", "勘誤", "errata"], ("errata", "doc-errata")),
    (&["版权", "版權", "colophon"], ("colophon", "doc-colophon")),
];

/// What a chapter's section is.
pub(super) fn kind(chapter: &Chapter) -> Kind {
    let title = plain(&chapter.title).to_lowercase();
    let find = |rows: &[(&[&str], Kind)]| {
        rows.iter().find(|r| r.0.iter().any(|w| title.contains(w))).map(|r| r.1)
    };
    match chapter.role {
        Role::Front => find(FRONT).unwrap_or_default(),
        Role::Body => ("chapter", "doc-chapter"),
        Role::Back => find(BACK).unwrap_or_default(),
    }
}

/// `epub:type` of the body element.
pub(super) fn division(role: Role) -> &'static str {
    match role {
        Role::Front => "frontmatter",
        Role::Body => "bodymatter",
        Role::Back => "backmatter",
    }
}

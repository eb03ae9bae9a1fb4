//! What a chapter is, in the words of EPUB and DPUB-ARIA.

use crate::book::{Chapter, Division, Role};

/// `epub:type` and `role` of a section; empty where there is no word.
pub(super) type Kind = (&'static str, &'static str);

/// What a chapter's section is.
pub(super) fn kind(chapter: &Chapter) -> Kind {
    match chapter.role {
        Role::HalfTitle => ("halftitlepage", ""),
        Role::TitlePage => ("titlepage", ""),
        Role::Copyright => ("copyright-page", ""),
        Role::Dedication => ("dedication", "doc-dedication"),
        Role::Epigraph => ("epigraph", ""),
        Role::PublishersNote | Role::Conventions => ("preamble", ""),
        Role::Foreword => ("foreword", "doc-foreword"),
        Role::Preface => ("preface", "doc-preface"),
        Role::Acknowledgments => ("acknowledgments", "doc-acknowledgments"),
        Role::Contents => ("toc", "doc-toc"),
        Role::Figures => ("loi", ""),
        Role::Tables => ("lot", ""),
        Role::Introduction => ("introduction", "doc-introduction"),
        Role::Prologue => ("prologue", "doc-prologue"),
        Role::Part => ("part", "doc-part"),
        Role::Chapter => ("chapter", "doc-chapter"),
        Role::Epilogue => ("epilogue", "doc-epilogue"),
        Role::Conclusion => ("conclusion", "doc-conclusion"),
        Role::Appendix => ("appendix", "doc-appendix"),
        Role::Glossary => ("glossary", "doc-glossary"),
        Role::Bibliography => ("bibliography", "doc-bibliography"),
        Role::Notes => ("endnotes", "doc-endnotes"),
        Role::Index => ("index", "doc-index"),
        Role::Afterword => ("afterword", "doc-afterword"),
        Role::Author => ("contributors", ""),
        Role::Colophon => ("colophon", "doc-colophon"),
        Role::Errata => ("errata", "doc-errata"),
        Role::Matter => ("", ""),
    }
}

/// `epub:type` of the body element.
pub(super) fn division(division: Division) -> &'static str {
    match division {
        Division::Front => "frontmatter",
        Division::Body => "bodymatter",
        Division::Back => "backmatter",
    }
}

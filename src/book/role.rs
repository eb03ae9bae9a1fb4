//! What a chapter is for the book: preface, appendix, index. One table has the
//! names by which titles and authors call them.

mod titles;

use super::lang::primary;
use titles::{Places, ROWS, Row};

/// Where in the book a chapter stands; decides page numbering.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Division {
    /// with page numbers of its own
    Front,
    /// numbered from 1
    #[default]
    Body,
    /// goes on from the body
    Back,
}

/// The parts of a book, in the order in which they usually stand.
#[derive(Debug, Default, Copy, Clone, Eq, PartialEq)]
pub enum Role {
    /// 半扉页: the title alone
    HalfTitle,
    /// 扉页
    TitlePage,
    /// 版权页
    Copyright,
    /// 献词
    Dedication,
    /// 题记
    Epigraph,
    /// 出版说明
    PublishersNote,
    /// 序, mostly by another hand
    Foreword,
    /// 前言
    Preface,
    /// 凡例: how the book is to be used
    Conventions,
    /// 致谢
    Acknowledgments,
    /// 目录
    Contents,
    /// list of figures
    Figures,
    /// list of tables
    Tables,
    /// 导言
    Introduction,
    /// 楔子
    Prologue,
    /// 篇: the page before the chapters of a part
    Part,
    /// 章
    #[default]
    Chapter,
    /// 尾声
    Epilogue,
    /// 结语
    Conclusion,
    /// 附录
    Appendix,
    /// 术语表
    Glossary,
    /// 参考文献
    Bibliography,
    /// 注释
    Notes,
    /// 索引
    Index,
    /// 后记, 跋
    Afterword,
    /// 关于作者
    Author,
    /// how and with what the book was made
    Colophon,
    /// 勘误
    Errata,
    /// front or back matter of no kind
    Matter,
}

/// Roles that no title tells.
const BARE: [(Role, &str); 2] = [(Role::Chapter, "chapter"), (Role::Matter, "matter")];

impl Role {
    /// The role that an author names.
    pub fn named(key: &str) -> Option<Role> {
        let row = ROWS.iter().find(|r| r.key == key).map(|r| r.role);
        row.or_else(|| BARE.iter().find(|r| r.1 == key).map(|r| r.0))
    }

    /// Every name that an author may use.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        ROWS.iter().map(|r| r.key).chain(BARE.iter().map(|r| r.1))
    }

    /// What a chapter of no kind is.
    pub fn plain(division: Division) -> Role {
        match division {
            Division::Front | Division::Back => Role::Matter,
            Division::Body => Role::Chapter,
        }
    }

    /// What a title says in a book of the language. In the body it must say no
    /// more than that.
    pub fn titled(title: &str, lang: &str, division: Division) -> Option<Role> {
        let title = title.trim().to_lowercase();
        let rows = ROWS.iter().filter(|r| r.places.hold(division));
        let all = rows.flat_map(|r| r.names(lang).map(|n| (n, r.role)));
        // 出版说明 says more than 说明, 参考文献注释 begins with the lesser word.
        let fits = all.filter(|(name, _)| fits(&title, name, division));
        fits.max_by_key(|(name, _)| name.len()).map(|(_, role)| role)
    }

    /// Whether a title is nothing but a name of the role.
    pub fn is_named(self, title: &str, lang: &str) -> bool {
        let title = solid(&title.to_lowercase());
        let mut names =
            ROWS.iter().filter(|r| r.role == self).flat_map(|r| r.names(lang));
        names.any(|name| name == title)
    }

    /// Whether a title begins with a name of the role.
    pub fn begins(self, title: &str, lang: &str) -> bool {
        let title = solid(&title.to_lowercase());
        let mut names =
            ROWS.iter().filter(|r| r.role == self).flat_map(|r| r.names(lang));
        names.any(|name| title.starts_with(name))
    }

    /// A page for itself without running head and folio, its text high on the page.
    pub fn stands_alone(self) -> bool {
        matches!(self, Role::Dedication | Role::Epigraph)
    }
}

impl Row {
    /// The names in a language, and the English ones.
    fn names(&self, lang: &str) -> impl Iterator<Item = &'static str> {
        let own = match primary(lang) {
            "ja" => self.titles[1],
            "ko" => self.titles[2],
            "zh" | "yue" | "lzh" => self.titles[0],
            _ => &[],
        };
        own.iter().chain(self.titles[3]).copied()
    }
}

impl Places {
    fn hold(self, division: Division) -> bool {
        match division {
            Division::Front => !matches!(self, Places::Back | Places::BackOrBody),
            Division::Body => {
                matches!(
                    self,
                    Places::FrontOrBody | Places::BackOrBody | Places::Anywhere
                )
            }
            Division::Back => !matches!(self, Places::Front | Places::FrontOrBody),
        }
    }
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The longest title with a word before the name, as 译者序.
const COMPOUND: usize = 8;
/// Words of which 序 is no foreword.
const NO_FOREWORD: [&str; 7] = ["程序", "秩序", "顺序", "順序", "次序", "工序", "时序"];

/// Whether a title has a name: 附录, 附录一, 附录 A　数字; outside the body also
/// 译者序 and 再版后记.
fn fits(title: &str, name: &str, division: Division) -> bool {
    let solid = solid(title);
    if solid == name {
        return true;
    }
    if let Some(rest) = rest_of(title, name) {
        let first = rest.chars().next();
        let number = rest.trim_start().chars().next().is_some_and(counts);
        let apart = first.is_some_and(|c| !c.is_alphanumeric());
        return number && (apart || !name.is_ascii()) && single(rest)
            || apart && (division != Division::Body || name_is_appendix(name));
    }
    let short = solid.chars().count() <= COMPOUND && !name.is_ascii();
    division != Division::Body
        && short
        && solid.ends_with(name)
        && !NO_FOREWORD.iter().any(|w| solid.ends_with(w))
}

/// Only an appendix has a title beside its name in the body.
fn name_is_appendix(name: &str) -> bool {
    let titles = ROWS.iter().filter(|r| r.role == Role::Appendix);
    titles.flat_map(|r| r.titles).flatten().any(|n| *n == name)
}

/// What is behind a name, wherever the title has spaces.
fn rest_of<'t>(title: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = title;
    for c in name.chars() {
        rest = rest.trim_start().strip_prefix(c)?;
    }
    Some(rest)
}

/// Begins a number of an appendix: 一, 1, A.
fn counts(c: char) -> bool {
    c.is_ascii_alphanumeric() || "一二三四五六七八九十甲乙丙丁".contains(c)
}

/// Whether a number stands there alone: `A` and not `about`.
fn single(rest: &str) -> bool {
    let word = |c: &char| c.is_ascii_alphabetic();
    rest.trim_start().chars().take_while(word).count() <= 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(title: &str, division: Division) -> Option<Role> {
        Role::titled(title, "zh-Hans-CN", division)
    }

    #[test]
    fn titles_tell_roles() {
        let front = [
            ("前　言", Role::Preface),
            ("序", Role::Foreword),
            ("自序", Role::Preface),
            ("代序：一封信", Role::Foreword),
            ("译者序", Role::Foreword),
            ("第二版前言", Role::Preface),
            ("出版说明", Role::PublishersNote),
            ("题记", Role::Epigraph),
            ("Preface to the second edition", Role::Preface),
        ];
        for (title, want) in front {
            assert_eq!(role(title, Division::Front), Some(want), "{title}");
        }
        let back = [
            ("附录一", Role::Appendix),
            ("附录　数字与年表", Role::Appendix),
            ("附录 B：表", Role::Appendix),
            ("参考文献", Role::Bibliography),
            ("译后记", Role::Afterword),
            ("跋", Role::Afterword),
            ("关于作者", Role::Author),
            ("人名索引", Role::Index),
        ];
        for (title, want) in back {
            assert_eq!(role(title, Division::Back), Some(want), "{title}");
        }
    }

    #[test]
    fn other_titles_tell_none() {
        for title in ["排序程序", "新秩序", "前言不搭后语", "序列", ""] {
            assert_eq!(role(title, Division::Front), None, "{title}");
        }
        for title in ["索引", "注释", "Introduction", "Notes", "译者序", "后记与前言"]
        {
            assert_eq!(role(title, Division::Body), None, "{title}");
        }
        assert_eq!(role("附录一　表", Division::Body), Some(Role::Appendix));
        assert_eq!(role("前言", Division::Body), Some(Role::Preface));
    }

    #[test]
    fn names_are_those_of_the_language() {
        assert_eq!(Role::titled("はじめに", "ja", Division::Front), Some(Role::Preface));
        assert_eq!(Role::titled("はじめに", "zh", Division::Front), None);
        assert_eq!(Role::titled("찾아보기", "ko", Division::Back), Some(Role::Index));
        assert_eq!(Role::titled("参考文献", "en", Division::Back), None);
    }

    #[test]
    fn keys_name_one_role_each() {
        for key in Role::keys() {
            assert!(Role::named(key).is_some(), "{key}");
        }
        let keys: std::collections::BTreeSet<_> = Role::keys().collect();
        assert_eq!(keys.len(), Role::keys().count());
    }
}

//! What a face is for.

/// The roles that a theme speaks of; each has Han, Latin or code in it.
#[derive(Debug, Copy, Clone, Eq, PartialEq, Ord, PartialOrd, Hash)]
pub enum Role {
    /// 宋: body text
    Song,
    /// 黑: headings, strong
    Hei,
    /// 楷: quotations, emphasis
    Kai,
    /// 仿宋: documents, captions
    Fang,
    /// Latin beside 宋 and 楷
    Serif,
    /// Latin beside 黑
    Sans,
    /// code
    Mono,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 7] = [
        Role::Song,
        Role::Hei,
        Role::Kai,
        Role::Fang,
        Role::Serif,
        Role::Sans,
        Role::Mono,
    ];
    /// Its name in `book.toml` and themes.
    pub fn name(self) -> &'static str {
        match self {
            Role::Song => "song",
            Role::Hei => "hei",
            Role::Kai => "kai",
            Role::Fang => "fang",
            Role::Serif => "serif",
            Role::Sans => "sans",
            Role::Mono => "mono",
        }
    }
    /// The role of a name, Chinese or not.
    pub fn named(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|r| r.name() == name).or(match name {
            "宋" | "宋体" => Some(Role::Song),
            "黑" | "黑体" => Some(Role::Hei),
            "楷" | "楷体" => Some(Role::Kai),
            "仿宋" | "仿宋体" => Some(Role::Fang),
            _ => None,
        })
    }
}

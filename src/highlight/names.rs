//! Language tags that authors write and the grammars do not know.

/// Other names of a language; the grammars' own name or file extension first.
pub(super) const ALIASES: &[(&str, &[&str])] = &[
    ("sh", &["shell", "console", "shell-session", "shellscript", "ksh", "terminal"]),
    ("c++", &["c++11", "c++17", "c++20"]),
    ("c#", &["csharp"]),
    ("f#", &["fsharp"]),
    ("go", &["golang"]),
    ("js", &["node", "nodejs", "ecmascript", "mjs"]),
    ("json", &["jsonc", "json5", "ndjson"]),
    ("make", &["makefile", "mk", "gnumake"]),
    ("dockerfile", &["docker", "containerfile"]),
    ("objective-c", &["objc", "obj-c", "objectivec"]),
    ("py", &["python3", "py3"]),
    ("tex", &["latex"]),
    ("vim", &["vimscript", "viml"]),
    ("ini", &["conf", "cfg", "properties"]),
    ("asm", &["assembly", "nasm", "x86asm"]),
];

/// Tags of text that is no code.
const PLAIN: &[&str] = &["text", "txt", "plain", "plaintext", "none", "output", "ascii"];

/// The name by which the grammars know a tag in small letters; `None` for what is
/// to be left plain.
pub fn canonical(tag: &str) -> Option<&str> {
    let alias = ALIASES.iter().find(|row| row.1.contains(&tag));
    (!PLAIN.contains(&tag)).then_some(alias.map_or(tag, |row| row.0))
}

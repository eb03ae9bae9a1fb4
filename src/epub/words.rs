//! The few words that keben itself says in a book, in the book's language.

/// Words of one language.
#[derive(Debug)]
pub(super) struct Words {
    /// contents
    pub(super) contents: &'static str,
    /// cover
    pub(super) cover: &'static str,
    /// title page
    pub(super) title_page: &'static str,
    /// beginning of the text
    pub(super) body: &'static str,
    /// landmarks
    pub(super) landmarks: &'static str,
    /// a book without a title
    pub(super) untitled: &'static str,
    /// a task that is done, and one that is not
    pub(super) tasks: [&'static str; 2],
    /// what stands between authors
    pub(super) comma: &'static str,
    /// what a reader who does not see can expect: of text, of pictures
    pub(super) summary: [&'static str; 2],
}

const HANS: Words = Words {
    contents: "目录",
    cover: "封面",
    title_page: "书名页",
    body: "正文",
    landmarks: "导览",
    untitled: "无题",
    tasks: ["已完成", "未完成"],
    comma: "　",
    summary: [
        "本书正文为可重排文字，有完整的目录、标题层级和阅读顺序，字号与版式可由读者调整。",
        "图片附有替代文字。",
    ],
};

const HANT: Words = Words {
    contents: "目錄",
    cover: "封面",
    title_page: "書名頁",
    body: "正文",
    landmarks: "導覽",
    untitled: "無題",
    tasks: ["已完成", "未完成"],
    comma: "　",
    summary: [
        "本書正文為可重排文字，有完整的目錄、標題層級和閱讀順序，字級與版式可由讀者調整。",
        "圖片附有替代文字。",
    ],
};

const ENGLISH: Words = Words {
    contents: "Contents",
    cover: "Cover",
    title_page: "Title page",
    body: "Text",
    landmarks: "Landmarks",
    untitled: "Untitled",
    tasks: ["done", "to do"],
    comma: ", ",
    summary: [
        "The text reflows; contents, headings and reading order are complete, and size \
         and layout can be changed by the reader.",
        "Pictures have alternative text.",
    ],
};

/// The words for a BCP 47 tag; English for what keben does not speak.
pub(super) fn words(lang: &str) -> &'static Words {
    let lang = lang.to_lowercase();
    let hant = ["hant", "-tw", "-hk", "-mo"].iter().any(|t| lang.contains(t));
    match lang.split('-').next() {
        Some("zh" | "yue" | "lzh") if hant => &HANT,
        Some("zh" | "yue" | "lzh") => &HANS,
        _ => &ENGLISH,
    }
}

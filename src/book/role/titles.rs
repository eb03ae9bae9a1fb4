//! The names of the parts of a book. To add one, add it to its row.

use super::Role;

/// A role that authors may name: its key, where titles are enough to tell it, and
/// these titles in Chinese, Japanese, Korean and English, in lower case and
/// without spaces.
pub(super) struct Row {
    pub(super) role: Role,
    pub(super) key: &'static str,
    pub(super) places: Places,
    pub(super) titles: [&'static [&'static str]; 4],
}

/// Where in the book a title tells the role. `Anywhere` is for titles that no
/// numbered chapter has.
#[derive(Copy, Clone, Eq, PartialEq)]
pub(super) enum Places {
    Front,
    Back,
    Outside,
    FrontOrBody,
    BackOrBody,
    Anywhere,
}

const fn row(
    role: Role,
    key: &'static str,
    places: Places,
    titles: [&'static [&'static str]; 4],
) -> Row {
    Row { role, key, places, titles }
}

pub(super) const ROWS: &[Row] = &[
    row(
        Role::Copyright,
        "copyright-page",
        Places::Outside,
        [
            &["版权", "版权页", "版权信息", "版權", "版權頁", "版權資訊"],
            &["奥付", "著作権"],
            &["판권", "판권면"],
            &["copyright", "copyrightpage"],
        ],
    ),
    row(
        Role::Dedication,
        "dedication",
        Places::FrontOrBody,
        [&["献词", "献辞", "獻詞", "獻辭"], &["献辞"], &["헌사"], &["dedication"]],
    ),
    row(
        Role::Epigraph,
        "epigraph",
        Places::FrontOrBody,
        [&["题记", "題記"], &["題辞", "エピグラフ"], &["제사"], &["epigraph"]],
    ),
    row(
        Role::PublishersNote,
        "publishers-note",
        Places::FrontOrBody,
        [
            &["出版说明", "出版者的话", "出版前言", "出版說明", "編輯說明", "编辑说明"],
            &["刊行にあたって", "刊行の辞"],
            &["펴내는글", "간행사"],
            &["publisher’snote", "publisher'snote", "publishersnote"],
        ],
    ),
    row(
        Role::Foreword,
        "foreword",
        Places::FrontOrBody,
        [
            &["序", "序言", "代序", "总序", "總序", "推荐序", "推薦序"],
            &["序", "序文", "推薦の言葉"],
            &["추천사", "추천의글"],
            &["foreword"],
        ],
    ),
    row(
        Role::Preface,
        "preface",
        Places::FrontOrBody,
        [
            &["前言", "自序", "引言", "卷首语", "卷首語"],
            &["まえがき", "はじめに", "前書き", "自序"],
            &["머리말", "서문", "들어가며"],
            &["preface"],
        ],
    ),
    row(
        Role::Conventions,
        "conventions",
        Places::Anywhere,
        [
            &["凡例", "体例", "體例", "编写说明", "編寫說明"],
            &["凡例"],
            &["일러두기"],
            &["conventions", "conventionsusedinthisbook"],
        ],
    ),
    row(
        Role::Acknowledgments,
        "acknowledgments",
        Places::Anywhere,
        [
            &["致谢", "鸣谢", "谢辞", "致謝", "鳴謝", "謝辭"],
            &["謝辞"],
            &["감사의말", "감사의글"],
            &["acknowledgments", "acknowledgements", "acknowledgment"],
        ],
    ),
    row(
        Role::Introduction,
        "introduction",
        Places::Front,
        [
            &["导言", "导论", "绪论", "導言", "導論", "緒論"],
            &["序論", "序説", "緒論"],
            &["서론"],
            &["introduction"],
        ],
    ),
    row(
        Role::Prologue,
        "prologue",
        Places::FrontOrBody,
        [
            &["楔子", "序章", "序幕", "引子"],
            &["プロローグ", "序章"],
            &["프롤로그"],
            &["prologue"],
        ],
    ),
    row(
        Role::Epilogue,
        "epilogue",
        Places::BackOrBody,
        [&["尾声", "尾聲"], &["エピローグ", "終章"], &["에필로그"], &["epilogue"]],
    ),
    row(
        Role::Conclusion,
        "conclusion",
        Places::Back,
        [
            &["结语", "結語", "结束语", "結束語"],
            &["結語", "結び"],
            &["맺음말", "결론"],
            &["conclusion"],
        ],
    ),
    row(
        Role::Appendix,
        "appendix",
        Places::BackOrBody,
        [&["附录", "附錄"], &["付録", "附録"], &["부록"], &["appendix", "appendices"]],
    ),
    row(
        Role::Glossary,
        "glossary",
        Places::BackOrBody,
        [
            &[
                "术语表",
                "术语",
                "词汇表",
                "術語表",
                "術語",
                "詞彙表",
                "名詞解釋",
                "名词解释",
            ],
            &["用語集", "用語解説"],
            &["용어해설", "용어집", "용어정리"],
            &["glossary"],
        ],
    ),
    row(
        Role::Bibliography,
        "bibliography",
        Places::BackOrBody,
        [
            &["参考文献", "参考书目", "征引书目", "參考文獻", "參考書目", "徵引書目"],
            &["参考文献", "引用文献"],
            &["참고문헌"],
            &["bibliography", "references", "workscited", "furtherreading"],
        ],
    ),
    row(
        Role::Notes,
        "notes",
        Places::Back,
        [
            &["注释", "注解", "註釋", "註解"],
            &["注", "注釈"],
            &["주", "주석"],
            &["notes", "endnotes"],
        ],
    ),
    row(
        Role::Index,
        "index",
        Places::Back,
        [
            &["索引", "人名索引", "地名索引", "主题索引", "主題索引"],
            &["索引", "事項索引", "人名索引"],
            &["찾아보기", "색인"],
            &["index"],
        ],
    ),
    row(
        Role::Afterword,
        "afterword",
        Places::BackOrBody,
        [
            &["后记", "跋", "後記", "编后", "編後", "写在后面", "寫在後面"],
            &["あとがき", "おわりに", "後記", "後書き", "跋"],
            &["후기", "나오며", "옮긴이의말", "역자후기"],
            &["afterword", "postscript"],
        ],
    ),
    row(
        Role::Author,
        "about-the-author",
        Places::Anywhere,
        [
            &["关于作者", "作者简介", "作者介绍", "關於作者", "作者簡介", "作者介紹"],
            &["著者紹介", "著者について", "著者略歴"],
            &["지은이소개", "저자소개", "지은이"],
            &["abouttheauthor", "abouttheauthors"],
        ],
    ),
    row(
        Role::Colophon,
        "colophon",
        Places::Outside,
        [&["排印说明", "书末题署", "排印說明"], &["刊記"], &["간기"], &["colophon"]],
    ),
    row(
        Role::Errata,
        "errata",
        Places::Outside,
        [&["勘误", "勘误表", "勘誤", "勘誤表"], &["正誤表"], &["정오표"], &["errata"]],
    ),
];

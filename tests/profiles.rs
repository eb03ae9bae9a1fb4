//! Editions for single reading systems: what each is made like, what `keben check
//! --reader` says, and what EPUBCheck and Ace say of every one.

use crate::common::fixture::{entries, written_for};
use crate::common::{Folder, keben, manuscript, reader, said, without_editions};
use keben::config::reader::{Embedding, Profile};
use keben::font::FontSet;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

type Files = BTreeMap<String, Vec<u8>>;

fn files(profile: Profile, embedding: Embedding, fonts: &FontSet) -> Files {
    entries(&written_for(fonts, profile, embedding).0).into_iter().collect()
}

fn text<'f>(files: &'f Files, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).expect("UTF-8")
}

/// All chapters.
fn chapters(files: &Files) -> String {
    let texts = files.iter().filter(|f| f.0.contains("/text/"));
    texts.map(|f| String::from_utf8_lossy(f.1).into_owned()).collect()
}

#[test]
fn the_package_tells_all_that_is_known() {
    let files = files(Profile::Standard, Embedding::Subset, &FontSet::default());
    let opf = text(&files, "OEBPS/content.opf");
    for said in [
        "<dc:identifier id=\"book-id\">urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8<",
        "<dc:identifier id=\"isbn\">urn:isbn:9787111128069<",
        "property=\"identifier-type\" scheme=\"onix:codelist5\">15<",
        "<meta refines=\"#title-2\" property=\"title-type\">subtitle<",
        "<dc:creator id=\"person-1\">毛晋<",
        "<meta refines=\"#person-1\" property=\"file-as\">Mao Jin<",
        "<dc:contributor id=\"person-3\">译者 &lt;&amp;&gt;<",
        "<meta refines=\"#person-3\" property=\"role\" scheme=\"marc:relators\">trl<",
        "<meta refines=\"#person-4\" property=\"role\" scheme=\"marc:relators\">ill<",
        "property=\"belongs-to-collection\" id=\"series\">丛刊 &lt;&amp;&gt;<",
        "<meta refines=\"#series\" property=\"group-position\">2.1<",
        "<dc:source>urn:isbn:9787111128069<",
        "<meta property=\"schema:accessMode\">visual<",
        "<meta property=\"schema:accessibilityFeature\">MathML<",
        "<meta property=\"schema:accessibilityFeature\">alternativeText<",
        "<meta property=\"schema:accessibilityHazard\">none<",
    ] {
        assert!(opf.contains(said), "{said} in {opf}");
    }
    // One of its headings leaves a level out: nothing is claimed.
    assert!(!opf.contains("certifiedBy"), "{opf}");
}

#[test]
fn a_claim_is_made_where_it_is_true() {
    let f = Folder::new("profiles-claim");
    let settings =
        "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\npublisher = \"某社\"\n";
    f.write("book.toml", settings).write("SUMMARY.md", "- [a](a.md)\n");
    let opf = |chapter: &str| {
        f.write("a.md", chapter);
        keben(&f.0, &["build", "-q", ".", "--format", "epub", "--out", "out"]);
        let files: Files = entries(&f.read("out/t.epub")).into_iter().collect();
        text(&files, "OEBPS/content.opf").to_string()
    };
    let claim = "<meta property=\"dcterms:conformsTo\">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>";
    let sound = opf("# a\n\n## b\n\nc\n");
    assert!(sound.contains(claim), "{sound}");
    assert!(sound.contains("<meta property=\"a11y:certifiedBy\">某社</meta>"), "{sound}");
    // Negative controls: a heading that leaves a level out, a picture that is not told
    // of, looks that nobody vouches for.
    assert!(!opf("# a\n\n#### b\n\nc\n").contains("conformsTo"));
    f.write("p.png", plate(20, 20));
    let bare = opf("# a\n\n![](p.png)\n");
    assert!(!bare.contains("conformsTo") && !bare.contains("alternativeText"), "{bare}");
    assert!(!bare.contains("accessModeSufficient\">textual</meta>"), "{bare}");
    f.write("theme/theme.css", "p { color: #eee; }\n");
    assert!(!opf("# a\n\nc\n").contains("conformsTo"));
    f.write("book.toml", format!("{settings}certified-by = \"某机构\"\n"));
    assert!(opf("# a\n\nc\n").contains("certifiedBy\">某机构<"));
}

#[test]
fn kindle_has_its_readers_font_and_one_cover() {
    let fonts = FontSet::new(vec![]);
    let kindle = files(Profile::Kindle, Embedding::Subset, &fonts);
    let usual = files(Profile::Standard, Embedding::Subset, &fonts);
    let (k, u) = (chapters(&kindle), chapters(&usual));
    assert!(u.contains("class=\"song\"") && !k.contains("class=\"song\""));
    assert!(!k.contains(" style="), "no inline style");
    assert!(k.contains("<link rel=\"stylesheet\" type=\"text/css\""));
    assert!(!kindle.contains_key("OEBPS/text/cover.xhtml"));
    assert!(usual.contains_key("OEBPS/text/cover.xhtml"));
    let cover =
        image::load_from_memory(&kindle["OEBPS/images/cover.png"]).expect("a PNG");
    assert_eq!((cover.width(), cover.height()), (1800, 2400));
    assert!(usual.contains_key("OEBPS/images/cover.svg"));
    // The text's own face is not in it, so it is smaller.
    let bytes = |f: &Files| {
        f.iter().filter(|f| f.0.contains("/fonts/")).map(|f| f.1.len()).sum::<usize>()
    };
    assert!(bytes(&kindle) < bytes(&usual), "{} {}", bytes(&kindle), bytes(&usual));
    let depth = |f: &Files| {
        let ncx = text(f, "OEBPS/toc.ncx");
        let at = ncx.find("dtb:depth\" content=\"").expect("a depth") + 20;
        ncx[at..].chars().next().and_then(|c| c.to_digit(10)).expect("a number")
    };
    assert!(
        depth(&kindle) <= 2 && depth(&usual) > 2,
        "{} {}",
        depth(&kindle),
        depth(&usual)
    );
}

#[test]
fn apple_is_told_that_fonts_are_the_books() {
    let fonts = FontSet::new(vec![]);
    let said = "<meta property=\"ibooks:specified-fonts\">true</meta>";
    let opf = |p, e| text(&files(p, e, &fonts), "OEBPS/content.opf").to_string();
    let apple = opf(Profile::Apple, Embedding::Subset);
    assert!(apple.contains(said) && apple.contains("prefix=\"ibooks: "), "{apple}");
    assert!(!opf(Profile::Standard, Embedding::Subset).contains("ibooks"));
    // A book without fonts has none to be told of.
    assert!(!opf(Profile::Apple, Embedding::None).contains(said));
}

#[test]
fn icons_tell_notes_where_readers_want_them() {
    let none = FontSet::default();
    let weread = files(Profile::Weread, Embedding::None, &none);
    let source = chapters(&weread);
    let icon = "<img class=\"qqreader-footnote\" src=\"../images/note.png\" alt=\"";
    let at = source.find(icon).expect("an icon") + icon.len();
    let told = &source[at..at + source[at..].find('"').expect("its end")];
    assert!(told.chars().count() > 3, "{told}");
    assert!(
        source.contains("<a epub:type=\"noteref\"") && source.contains("doc-footnote")
    );
    assert!(weread.contains_key("OEBPS/images/note.png"));
    let duokan = chapters(&files(Profile::Duokan, Embedding::None, &none));
    assert!(duokan.contains("<li class=\"duokan-footnote-item\" id=\"fn-"), "{duokan}");
    assert!(duokan.contains("class=\"noteref duokan-footnote\""));
    // Formulas are not MathML there, and the package does not say that they are.
    assert!(!duokan.contains("<math"));
    let usual = files(Profile::Standard, Embedding::None, &none);
    assert!(
        !usual.contains_key("OEBPS/images/note.png")
            && chapters(&usual).contains("<math")
    );
}

#[test]
fn fonts_are_subset_scrambled_or_not_there() {
    let fonts = FontSet::new(vec![]);
    let usual = files(Profile::Standard, Embedding::Subset, &fonts);
    let scrambled = files(Profile::Standard, Embedding::Obfuscated, &fonts);
    let none = files(Profile::Standard, Embedding::None, &fonts);
    assert!(!usual.contains_key("META-INF/encryption.xml"));
    let list = text(&scrambled, "META-INF/encryption.xml");
    let mut seen = 0;
    for (name, font) in usual.iter().filter(|f| f.0.contains("/fonts/")) {
        assert!(list.contains(&format!("URI=\"{name}\"")), "{name}");
        let mixed = &scrambled[name];
        assert_ne!(mixed[..1040], font[..1040], "{name}");
        assert_eq!(mixed[1040..], font[1040..], "{name}");
        // The key is the SHA-1 of the identifier, over and over.
        let key: Vec<u8> =
            mixed.iter().zip(font).take(1040).map(|(a, b)| a ^ b).collect();
        let hex: String = key[..20].iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "4b99865e7a1cbf161a99af10d88929fae89e5610", "{name}");
        assert!(key.chunks(20).all(|c| c == &key[..20]), "{name}");
        seen += 1;
    }
    assert!(seen > 3, "{seen}");
    assert!(!none.keys().any(|n| n.contains("/fonts/")));
    assert!(!text(&none, "OEBPS/stylesheet.css").contains("@font-face"));
}

/// A PNG of one colour.
fn plate(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(vec![]);
    let picture = image::GrayImage::from_pixel(width, height, image::Luma([120]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG");
    bytes.into_inner()
}

#[test]
fn check_names_what_a_reader_would_not_take() {
    let f = Folder::new("profiles-check");
    let settings = "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\ncover = \"c.png\"\nnotes = \"book\"\n";
    f.write("book.toml", settings)
        .write("SUMMARY.md", "- [a](a.md)\n\n[注释](notes.md)\n")
        .write("notes.md", "# 注释\n")
        .write("a.md", "# a\n\n![图](p.png)\n\n甲[^1]，$x^2$。\n\n[^1]: 乙\n")
        .write("c.png", plate(600, 800))
        .write("p.png", plate(3000, 2000));
    let check = |name: &str| said(&keben(&f.0, &["check", ".", "--reader", name]));
    let apple = check("apple");
    for rule in [
        "apple/picture-pixels: p.png",
        "apple/cover-size: the cover c.png",
        "apple/far-notes",
    ] {
        assert!(apple.contains(rule), "{rule} in {apple}");
    }
    assert!(apple.contains("reader-limit") && apple.contains("Apple Books Asset Guide"));
    assert!(apple.contains("a.md:3:1") && apple.contains("book.toml:5:9"), "{apple}");
    let duokan = check("duokan");
    assert!(duokan.contains("duokan/far-notes"), "{duokan}");
    assert!(!duokan.contains("picture-pixels"), "{duokan}");
    // Negative control: a reader without limits has nothing to say of them.
    assert!(!check("standard").contains("reader-limit"));
    let out = keben(&f.0, &["check", ".", "--reader", "nook"]);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
}

#[test]
fn formulas_are_pictures_where_mathml_is_not_read() {
    let f = Folder::new("profiles-formulas");
    let edition = |p: &str| {
        format!("[[edition]]\nname = \"{p}\"\nformat = \"epub\"\nreader = \"{p}\"\n")
    };
    let settings = format!(
        "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\n{}{}{}",
        edition("duokan"),
        edition("weread"),
        edition("standard"),
    );
    let source = "# a\n\n由$\\frac{a}{b}<c_1$，又$\\frac{a}{b}<c_1$，坏$\\frac{$。\n\n\
        $$\n\\sqrt{x^2+1}\\text{宽}\\tag{甲}\n$$\n";
    f.write("book.toml", settings)
        .write("SUMMARY.md", "- [a](a.md)\n")
        .write("a.md", source);
    let out = keben(&f.0, &["build", ".", "-q", "--out", "out"]);
    assert!(out.status.success(), "{}", said(&out));
    let files = |p: &str| -> Files {
        entries(&f.read(&format!("out/t-{p}.epub"))).into_iter().collect()
    };
    for profile in ["duokan", "weread"] {
        let files = files(profile);
        let source = text_of(&files);
        let alt = "alt=\"\\frac{a}{b}&lt;c_1\"";
        assert_eq!(source.matches(alt).count(), 2, "{source}");
        assert!(source.contains(
            "alt=\"\\sqrt{x^2+1}\\text{宽}\\tag{甲}\"/><span class=\"number\">"
        ));
        // The same formula is one picture.
        let drawn: Vec<_> = files.keys().filter(|n| n.contains("/images/m")).collect();
        assert_eq!(drawn, ["OEBPS/images/m001.png", "OEBPS/images/m002.png"]);
        assert!(!source.contains("<math"));
        // As wide as the style sheet says: an em has 64 pixels, the text's is smaller.
        let css = text(&files, "OEBPS/stylesheet.css");
        for name in drawn {
            let picture =
                image::load_from_memory(&files[name]).expect("a PNG").to_luma8();
            let dark = picture.pixels().filter(|p| p.0[0] < 128).count();
            let share = dark as f64 / (picture.width() * picture.height()) as f64;
            assert!((0.03..0.4).contains(&share), "{name}: {share} is black");
            let class = source.split(&format!("src=\"../{}\"", &name[6..])).next();
            let class =
                class.and_then(|s| s.rsplit_once("class=\"formula ")).expect("a class").1;
            let rule = css
                .split(&format!(".{} {{ width: ", class.trim_end_matches(['"', ' '])))
                .nth(1);
            let em = rule
                .and_then(|r| r.split("em").next())
                .and_then(|n| n.parse::<f64>().ok());
            let pixels = em.expect("a width") * 64.0 / 1.1;
            assert!((pixels - f64::from(picture.width())).abs() < 2.0, "{name}: {em:?}");
        }
    }
    // Negative control: where MathML is read there are no pictures of formulas.
    let usual = files("standard");
    assert!(text_of(&usual).contains("<math") && !text_of(&usual).contains("img class"));
    assert!(!usual.keys().any(|n| n.contains("/images/m")));
}

fn text_of(files: &Files) -> &str {
    text(files, "OEBPS/text/a.xhtml")
}

#[test]
fn a_cover_is_the_authors_or_drawn() {
    let f = Folder::new("profiles-cover");
    let settings = "[book]\ntitle = \"t\"\nslug = \"t\"\nsrc = \".\"\n";
    f.write("book.toml", format!("{settings}cover = \"c.png\"\n"))
        .write("SUMMARY.md", "- [a](a.md)\n")
        .write("a.md", "# a\n\nb\n")
        .write("c.png", plate(60, 80));
    let built = || {
        let out = keben(&f.0, &["build", ".", "--format", "epub", "--out", "out"]);
        let files: Files = entries(&f.read("out/t.epub")).into_iter().collect();
        (files, said(&out))
    };
    let (own, quiet) = built();
    assert_eq!(own["OEBPS/images/cover.png"], plate(60, 80));
    assert!(text(&own, "OEBPS/text/cover.xhtml").contains("../images/cover.png"));
    assert!(!quiet.contains("warning") && !quiet.contains("error"), "{quiet}");
    // One that is not there is named, and one is drawn.
    std::fs::remove_file(f.path("c.png")).expect("the cover");
    let (drawn, told) = built();
    assert!(told.contains("missing-file") && told.contains("book.toml:5:9"), "{told}");
    assert!(drawn.contains_key("OEBPS/images/cover.svg"));
}

#[test]
fn a_bad_book_is_told_of_and_is_still_an_epub() {
    let f = Folder::new("profiles-bad");
    let bad = "# 同名\n\n## 甲 {#x}\n\n\u{b}\u{1}坏字\u{fffe}符 <&> &#1;\n\n## 乙 {#x}\n\n\
               ![大](big.png)\n\n[不知](#y)，[^q]。\n\n| a | |\n|---|---|\n| | b |\n";
    f.write("book.toml", "[book]\nslug = \"t\"\nsrc = \".\"\ncover = \"none.png\"\n")
        .write(
            "SUMMARY.md",
            "- [同名](a.md)\n- [同名](b.md)\n- [同名](a.md)\n- [没有](c.md)\n",
        )
        .write("a.md", bad)
        .write("b.md", bad)
        .write("big.png", plate(8000, 5000));
    let out = keben(&f.0, &["build", ".", "--format", "epub", "--out", "out"]);
    let told = said(&out);
    for code in [
        "missing-file",
        "duplicate-chapter",
        "duplicate-anchor",
        "broken-link",
        "unknown-note",
        "reader-limit",
    ] {
        assert!(told.contains(&format!("[{code}]")), "{code} in {told}");
    }
    assert!(told.contains("standard/picture-pixels: big.png has 8000 × 5000"), "{told}");
    let bytes = f.read("out/t.epub");
    let files: Files = entries(&bytes).into_iter().collect();
    assert!(text(&files, "OEBPS/content.opf").contains("<dc:title id=\"title-1\">"));
    let Some(epubcheck) = reader("epubcheck") else { return };
    let out = Command::new(epubcheck).arg(f.path("out/t.epub")).output();
    let read = String::from_utf8_lossy(&out.expect("epubcheck runs").stderr).into_owned();
    assert!(!read.contains("ERROR") && !read.contains("WARNING"), "{read}");
}

const THEMES: [&str; 4] = ["default", "novel", "report", "technical"];

/// The bundled book in a theme, for these profiles and with vertical lines.
fn bundled(f: &Folder, theme: &str, profiles: &[Profile]) -> Vec<PathBuf> {
    let from = manuscript();
    let copy = |from: &Path, to: &str| {
        for entry in std::fs::read_dir(from).expect("the book").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_file() {
                f.write(
                    &format!("{to}/{name}"),
                    std::fs::read(entry.path()).expect("a file"),
                );
            }
        }
    };
    copy(&from, theme);
    copy(&from.join("images"), &format!("{theme}/images"));
    let name = format!("{theme}/book.toml");
    let settings = String::from_utf8(f.read(&name)).expect("text");
    let settings =
        settings.replacen("[book]", &format!("[book]\ntheme = \"{theme}\""), 1);
    let mut settings = without_editions(&settings).to_string();
    settings += "\n[[edition]]\nname = \"print\"\nformat = \"pdf\"\n";
    let edition = |name: &str, more: &str| {
        format!("\n[[edition]]\nname = \"{name}\"\nformat = \"epub\"\n{more}\n")
    };
    for name in profiles.iter().map(|p| p.name()) {
        settings += &edition(name, &format!("reader = \"{name}\"\npages-of = \"print\""));
    }
    settings += &edition("vertical", "writing = \"vertical\"");
    f.write(&name, settings);
    let to = format!("out-{theme}");
    let out = keben(&f.0, &["build", "-q", theme, "--format", "epub", "--out", &to]);
    assert!(out.status.success(), "{theme}: {}", said(&out));
    let files = std::fs::read_dir(f.path(&to)).expect("outputs").flatten();
    let files: Vec<_> = files.map(|e| e.path()).collect();
    assert_eq!(files.len(), profiles.len() + 1);
    files
}

/// The book of every block, in each profile.
fn fixtures(f: &Folder) -> Vec<PathBuf> {
    let fonts = FontSet::new(vec![]);
    let one = |profile: &Profile| {
        let embedding = match profile {
            Profile::Standard => Embedding::Obfuscated,
            Profile::Duokan => Embedding::None,
            Profile::Kindle | Profile::Apple | Profile::Kobo | Profile::Weread => {
                Embedding::Subset
            }
        };
        let name = format!("out/fixture-{}.epub", profile.name());
        f.write(&name, written_for(&fonts, *profile, embedding).0);
        f.path(&name)
    };
    Profile::ALL.iter().map(one).collect()
}

/// What a reader of many files says of each; a file of nothing is its control.
fn all_pass(command: &Path, f: &Folder, files: &[PathBuf]) {
    let run = |files: &[PathBuf]| {
        let out = Command::new(command).args(files).output().expect("it runs");
        String::from_utf8_lossy(&out.stdout).into_owned()
    };
    let said = run(files);
    let passed = said.lines().filter(|l| l.starts_with("passed\t")).count();
    let failed: Vec<_> = said.lines().filter(|l| l.starts_with("failed\t")).collect();
    assert!(failed.is_empty() && passed == files.len(), "{passed}: {failed:#?}");
    // Negative control: a package without its chapter.
    let spoilt = f.path("spoilt.epub");
    spoil(&files[0], &spoilt);
    assert!(run(&[spoilt]).lines().any(|l| l.starts_with("failed\t")));
}

/// A copy in which a file of text is not closed, and the style sheet names a colour twice.
fn spoil(from: &Path, to: &Path) {
    let bytes = std::fs::read(from).expect("an EPUB");
    let mut out = zip::ZipWriter::new(std::fs::File::create(to).expect("a file"));
    for (name, mut bytes) in entries(&bytes) {
        if name.ends_with("titlepage.xhtml") {
            bytes.truncate(bytes.len() - 20);
        } else if name.ends_with(".css") {
            bytes.extend(b"p { colour: red; }\n");
        }
        let stored = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        out.start_file(name, stored).expect("an entry");
        std::io::Write::write_all(&mut out, &bytes).expect("its bytes");
    }
    out.finish().expect("an archive");
}

#[test]
fn epubcheck_finds_nothing_in_any_profile_and_theme() {
    let Some(epubchecks) = reader("epubchecks") else { return };
    let f = Folder::new("profiles-epubcheck");
    let mut files = fixtures(&f);
    THEMES.iter().for_each(|t| files.extend(bundled(&f, t, &Profile::ALL)));
    assert_eq!(files.len(), 4 * 7 + 6);
    all_pass(&epubchecks, &f, &files);
}

#[test]
fn calibre_finds_nothing_and_converts() {
    let Some(check) = reader("calibre-check") else { return };
    let f = Folder::new("profiles-calibre");
    let profiles = [Profile::Standard, Profile::Kindle, Profile::Duokan];
    let mut files = bundled(&f, "default", &profiles);
    THEMES[1..].iter().for_each(|t| files.extend(bundled(&f, t, &[Profile::Kindle])));
    all_pass(&check, &f, &files);
    let kindle = files.iter().find(|p| p.to_string_lossy().contains("kindle"));
    let azw3 = f.path("b.azw3");
    let out =
        Command::new("ebook-convert").args([kindle.expect("a file"), &azw3]).output();
    let out = out.expect("ebook-convert runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    // A Palm database of Kindle's.
    let head = std::fs::read(azw3).expect("a book");
    assert_eq!(head.get(60..68), Some(&b"BOOKMOBI"[..]));
}

#[test]
fn ace_finds_no_violation() {
    let Some(ace) = reader("ace") else { return };
    let f = Folder::new("profiles-ace");
    let mut files = bundled(&f, "default", &Profile::ALL);
    THEMES[1..].iter().for_each(|t| files.extend(bundled(&f, t, &[Profile::Standard])));
    files.retain(|p| {
        let name = p.to_string_lossy();
        name.contains("default") || !name.contains("vertical")
    });
    files.push(fixtures(&f).swap_remove(0));
    let check = |(n, file): (usize, &PathBuf)| {
        let report = f.path(&format!("ace-{n}"));
        let out = Command::new(&ace)
            .args(["--force", "--silent", "--outdir"])
            .args([&report, file])
            .output()
            .expect("Ace runs");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        let report = String::from_utf8(f.read(&format!("ace-{n}/report.json")));
        let report = report.expect("a report");
        assert!(report.contains("\"earl:outcome\""), "{said}");
        let broken: Vec<_> = report
            .split("\"earl:impact\"")
            .skip(1)
            .filter_map(|part| part.split("\"dct:title\": \"").nth(1)?.split('"').next())
            .collect();
        // The control: a heading that the fixture's author leaves out is found.
        let known = file.to_string_lossy().contains("fixture");
        let known = if known { vec!["heading-order"] } else { vec![] };
        assert_eq!(broken, known, "{}: {report}", file.display());
    };
    let all: Vec<_> = files.iter().enumerate().collect();
    std::thread::scope(|s| {
        let (a, b) = all.split_at(all.len() / 2);
        for half in [a, b] {
            s.spawn(move || half.iter().for_each(|one| check(*one)));
        }
    });
}

//! scratch: sheet WAY OUT FILE...
use keben::{
    book::Book, colour::*, config::Medium, font::FontSet, geom::*, page::structure::Tag,
    page::*, pdf, picture::*,
};
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let way = match a[0].as_str() {
        "screen" => Way::Screen,
        "press" => Way::Press { profile: Profile::fogra39(), convert: true },
        _ => Way::Press { profile: Profile::fogra39(), convert: false },
    };
    let fonts = FontSet::new(vec![]);
    let sf = SvgFonts::new(&fonts);
    let mut pictures = Pictures::default();
    let (mut items, mut y) = (vec![], Len::ZERO);
    let side = Len::milli_pt(400_000);
    for f in &a[2..] {
        match keben::picture::read(std::fs::read(f).unwrap(), 200_000_000, &sf) {
            Ok(p) => {
                if let Some(why) = &p.profile_fault {
                    println!("{f}: {why}");
                }
                println!(
                    "{f}: {:?} {}x{} {:?} ink {:?} thin {:?}",
                    p.kind,
                    p.width,
                    p.height,
                    p.profile,
                    press::ink(&p, &way),
                    press::thinnest(&p)
                );
                let h = Len::milli_pt((400_000.0 * p.height / p.width) as i64);
                if let (Ok(dir), Some(tree)) = (std::env::var("RESVG"), &p.drawing) {
                    let k = 400.0 / p.width;
                    let mut px =
                        resvg::tiny_skia::Pixmap::new(400, (p.height * k).ceil() as u32)
                            .unwrap();
                    px.fill(resvg::tiny_skia::Color::WHITE);
                    resvg::render(
                        tree,
                        usvg::Transform::from_scale(k, k),
                        &mut px.as_mut(),
                    );
                    px.save_png(format!("{dir}.png")).unwrap();
                }
                items.push((
                    Point { x: Len::ZERO, y },
                    Draw::Image {
                        path: f.clone(),
                        size: Size { w: side, h },
                        alt: String::new(),
                    },
                    Tag::Layout,
                ));
                y = y + h;
                pictures.map.insert(f.clone(), p);
            }
            Err(e) => println!("{f}: {e:?}"),
        }
    }
    let page = Page {
        label: "1".into(),
        recto: true,
        size: Size { w: side, h: y },
        items,
        anchors: vec![],
    };
    let t = std::time::Instant::now();
    let out = pdf::write(&pdf::Input {
        book: &Book::default(),
        pages: &[page],
        fonts: &fonts,
        pictures: &pictures,
        colours: &way,
        timestamp: 0,
        medium: Medium::Print,
        boxes: None,
    });
    println!("{:?}", t.elapsed());
    match out {
        Ok(b) => std::fs::write(&a[1], b).unwrap(),
        Err(d) => println!("{}", d.message),
    }
}

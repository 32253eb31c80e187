//! Pages in other encodings than UTF-8, declared in the HTTP header, in the page, nowhere, or wrongly.
//!
//! The order of belief is the HTML standard's: byte order mark, HTTP header, `<meta>`; then valid UTF-8, then a guess.

use super::fate::{KEPT, LANGUAGE_NOT_WANTED};
use super::page::{Charset, Layout, Main, PAGE, Page};

/// Like [`PAGE`], under CC BY 4.0 and in another language than English.
const OTHER: Page = Page { fate: LANGUAGE_NOT_WANTED, ..ENGLISH };
const ENGLISH: Page =
    Page { footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>"#, ..PAGE };

/// Three English pages, which are kept, and nine in other languages.
pub const PAGES: &[Page] = &[
    Page {
        name: "charset-latin-1-label",
        url: "http://quotes.example.org/the-letter-q",
        purpose: "Curly quotes in windows-1252 under the label `iso-8859-1`, which the standard reads as \
            windows-1252.",
        fate: KEPT,
        title: "The letter Q",
        main: Main::Prose(
            "No letter of our alphabet is as dependent as Q. Ask a printer and he will tell you that he keeps it \
             beside the U, since “one never goes out without the other”. In my grandmother’s dictionary it has four \
             pages, and S has ninety.\n\n\
             Yet people love to draw it. The tail of a Q is the only place in a typeface where the designer is \
             allowed to play – it may curl, swing under the whole word, or cut through the bowl like a knife. Some \
             cut a second Q with a longer tail, only for the beginning of a line.\n\n\
             In the café on the corner there is a sign with the word “Quiche” on it. I go there for the Q, and the \
             quiche isn’t bad.",
        ),
        layout: Layout::Old,
        charset: Charset { written: "windows-1252", http: Some("iso-8859-1"), meta: None },
        ..ENGLISH
    },
    Page {
        name: "charset-utf-16",
        url: "http://export.example.net/minutes-of-the-choir.htm",
        purpose: "UTF-16LE with a byte order mark, against a `<meta>` that says windows-1252.",
        fate: KEPT,
        title: "Minutes of the choir",
        main: Main::Prose(
            "Eleven members were present, and the tenors sent their excuses. The piano has been tuned and will be \
             paid for from the sale of cakes. The conductor asked everybody to look at him at least in the last bar, \
             and it was agreed that this would be tried.\n\n\
             For the summer concert we shall sing the four songs of last year and two new ones. The altos would like \
             to have one of them lower. A vote was taken, with the result that it stays where it is, and that the \
             altos may stop for breath when the sopranos have the tune.\n\n\
             The key to the hall now hangs behind the notice board. Whoever leaves last turns off the heating, and \
             writes the time into the book.",
        ),
        charset: Charset { written: "UTF-16LE", http: None, meta: Some("windows-1252") },
        ..ENGLISH
    },
    Page {
        name: "charset-utf-8-undeclared",
        url: "http://plain.example.org/naming-a-boat",
        purpose: "UTF-8 that nothing declares.",
        fate: KEPT,
        title: "Naming a boat",
        main: Main::Prose(
            "It is bad luck to change the name of a boat, and so it should be given some thought. Ours was called \
             “Señorita” when we bought her. The letters had to come off with the old paint, and we have never told \
             the sea about it.\n\n\
             A good name can be shouted over the water in a gale. It has two syllables, or three, with an open vowel \
             in the middle, and it cannot be taken for any word that means danger. It should not be a joke either – \
             you will have to say it to the coast guard one day, slowly, letter by letter.\n\n\
             We chose the name of an aunt who could not swim and was afraid of nothing. She came to the launch, \
             looked at the letters for a while, and said that they were straight.",
        ),
        charset: Charset { written: "UTF-8", http: None, meta: None },
        ..ENGLISH
    },
    Page {
        name: "charset-german-http",
        url: "http://werkstatt.example.com/fahrrad.html",
        purpose: "windows-1252, declared in the HTTP header alone.",
        lang: "de",
        title: "Ein Rad für den Winter",
        main: Main::Prose(
            "Für den Winter braucht man kein neues Fahrrad, sondern ein altes, um das es nicht schade ist. Das Salz \
             auf den Straßen frisst jede Kette, und kein Öl der Welt hält länger als eine Woche. Dafür fährt es sich \
             gemütlich, wenn die Reifen breit sind und wenig Luft haben.\n\n\
             Wichtig ist das Licht. Wer morgens um sieben über die Brücke fährt, muss gesehen werden, und zwar von \
             allen Seiten. Ein Streifen an den Schuhen, die sich ja ständig auf und ab bewegen, wirkt mehr als die \
             größte Lampe.\n\n\
             Abends stellt man das Rad nicht in die warme Küche. Der Schnee würde schmelzen, in jede Ritze laufen \
             und in der Nacht darauf wieder gefrieren.",
        ),
        charset: Charset { written: "windows-1252", http: Some("windows-1252"), meta: None },
        ..OTHER
    },
    Page {
        name: "charset-french-meta",
        url: "http://grenier.example.net/les-photos.html",
        purpose: "windows-1252 under the label `iso-8859-1` in the page's `<meta>`.",
        lang: "fr",
        title: "Les photos du grenier",
        main: Main::Prose(
            "Nous avons trouvé au grenier une boîte pleine de photographies dont personne ne sait plus rien. Des \
             gens très sérieux y posent devant des maisons qui n'existent plus. Au dos, quelquefois, une date, un \
             prénom, une flèche tracée à l'encre violette, et c'est tout.\n\n\
             Mon père croyait reconnaître sa tante à cause du chapeau. Ma mère disait que tout le monde portait ce \
             chapeau-là. Ils se sont disputés gentiment pendant une heure, puis ils ont décidé de les accrocher \
             toutes dans l'escalier, inconnus compris.\n\n\
             Depuis, chaque visiteur s'arrête à la troisième marche. Quelqu'un finira bien par s'écrier que cette \
             petite fille, là, près du puits, c'est elle.",
        ),
        charset: Charset { written: "windows-1252", http: None, meta: Some("iso-8859-1") },
        ..OTHER
    },
    Page {
        name: "charset-german-wrong-http",
        url: "http://verein.example.org/chronik.html",
        purpose: "windows-1252, declared wrongly as UTF-8 in the HTTP header: characters are lost.",
        lang: "de",
        title: "Aus der Chronik des Gesangvereins",
        main: Main::Prose(
            "Gegründet wurde der Verein im Hinterzimmer einer Wirtschaft, die längst abgerissen ist. Neun Männer \
             waren gekommen, einer davon nur, weil es draußen regnete. Er blieb vierzig Jahre und wurde am Ende \
             Ehrenvorsitzender.\n\n\
             Frauen durften anfangs bloß zuhören. Das änderte sich erst, als eines Abends kein einziger Tenor \
             erschien und die Wirtin, die alle Stimmen kannte, kurzerhand mitsang. Danach fragte niemand mehr, ob \
             das nach der Satzung möglich sei.\n\n\
             Heute zählt der Chor über fünfzig Mitglieder. Geübt wird jeden Dienstag, gesungen auf Hochzeiten, \
             Beerdigungen und überall, wo es hinterher etwas zu essen gibt.",
        ),
        charset: Charset { written: "windows-1252", http: Some("utf-8"), meta: None },
        ..OTHER
    },
    Page {
        name: "charset-polish-http",
        url: "http://rynek.example.com/zegar.html",
        purpose: "ISO-8859-2, declared in the HTTP header.",
        lang: "pl",
        title: "Zegar na ratuszu",
        main: Main::Prose(
            "Zegar na naszym ratuszu spóźnia się od wojny dokładnie o siedem minut. Kolejni zegarmistrzowie \
             próbowali go naprawić, wchodzili na wieżę z walizkami pełnymi narzędzi i schodzili z niej bezradni. W \
             końcu rada miasta uznała, że tak ma być.\n\n\
             Mieszkańcy przywykli. Umawiając się, pytają, czy chodzi o czas ratuszowy, czy prawdziwy. Dzieci \
             spóźnione do szkoły mają gotowe wytłumaczenie, a nauczyciele udają, że w nie wierzą, bo sami kiedyś z \
             niego korzystali.\n\n\
             Turyści ustawiają według niego zegarki i potem gonią pociąg. Kto zdąży, ten zwykle nie wraca. Kto nie \
             zdąży, ten zostaje na obiad i poznaje miasto naprawdę.",
        ),
        charset: Charset { written: "iso-8859-2", http: Some("ISO-8859-2"), meta: None },
        ..OTHER
    },
    Page {
        name: "charset-russian-meta",
        url: "http://pochta.example.org/pismo.html",
        purpose: "windows-1251, declared in the page's `<meta>`.",
        lang: "ru",
        title: "Письмо без адреса",
        main: Main::Prose(
            "Однажды на нашу почту пришло письмо без адреса. На конверте было написано только: тому, кто любит \
             смотреть на дождь. Почтальонша долго вертела его в руках, а потом приколола к доске объявлений и стала \
             ждать, кто за ним придёт.\n\n\
             Первым отозвался учитель географии. За ним пришли две сестры из библиотеки, потом водитель автобуса, и \
             каждый уверял, что письмо для него. Спорили до вечера, пока кто-то не предложил открыть конверт и \
             прочитать вслух.\n\n\
             Внутри лежала чистая страница. С тех пор они собираются на почте каждый раз, когда идёт дождь, пьют чай \
             и рассказывают друг другу, что могло бы быть написано на этом листе.",
        ),
        charset: Charset { written: "windows-1251", http: None, meta: Some("windows-1251") },
        ..OTHER
    },
    Page {
        name: "charset-russian-undeclared",
        url: "http://vokzal.example.net/kassir.html",
        purpose: "windows-1251 that nothing declares: it has to be guessed from the bytes.",
        lang: "ru",
        title: "Кассир на маленькой станции",
        main: Main::Prose(
            "На маленькой станции, где поезд стоит одну минуту, работает кассир, который знает всех пассажиров. Он \
             продаёт билет раньше, чем человек успевает сказать, куда едет, и почти никогда не ошибается. Говорит, \
             что это видно по сумке и по тому, как пассажир смотрит на часы.\n\n\
             Летом у него много работы: едут дачники с рассадой, студенты с рюкзаками, бабушки с внуками. Зимой \
             бывает, что за целый день никто не придёт. Тогда он чистит снег на платформе и кормит синиц.\n\n\
             Когда станцию хотели закрыть, жители собрали подписи. Подписались все, даже те, кто уже много лет \
             никуда не ездил. Станцию оставили, и кассир в тот вечер впервые сам купил себе билет.",
        ),
        layout: Layout::Old,
        charset: Charset { written: "windows-1251", http: None, meta: None },
        ..OTHER
    },
    Page {
        name: "charset-japanese-http",
        url: "http://niwa.example.org/ume.html",
        purpose: "Shift_JIS, declared in the HTTP header.",
        lang: "ja",
        title: "庭の梅の木",
        main: Main::Prose(
            "庭の隅に古い梅の木が一本ある。祖父が若いころに植えたもので、幹は曲がり、枝の半分はもう枯れている。それ\
             でも二月の終わりになると、残った枝に白い花が咲き、まだ寒い朝の空気の中にかすかな香りが広がる。\n\n\
             六月には実を集めて梅干しを作る。塩の量は祖母のノートに書いてあるが、最後に必ず、天気を見て決めること、\
             と添えてある。三日続けて晴れる日を待ち、ざるに並べて屋根の上に干す。\n\n\
             去年の台風で大きな枝が折れた。もう駄目だろうと思っていたら、春になって根元から新しい芽が出た。祖父に見\
             せてやりたかった。",
        ),
        charset: Charset { written: "shift_jis", http: Some("Shift_JIS"), meta: None },
        ..OTHER
    },
    Page {
        name: "charset-chinese-meta",
        url: "http://chaguan.example.org/xiaqi.html",
        purpose: "GB18030 under the label `gb2312` in the page's `<meta>`.",
        lang: "zh",
        title: "茶馆里的棋局",
        main: Main::Prose(
            "城南有一家老茶馆，每天下午都有两位老人在靠窗的桌子上下棋。他们从不说话，只听见棋子落在木板上的声音。旁\
             边的人也不敢出声，因为谁要是多嘴支招，就得替大家付茶钱。\n\n\
             有一天，其中一位没有来。另一位照样摆好棋盘，泡了两杯茶，自己走一步，再替对方走一步。茶馆的伙计说，他走\
             对方的棋时想得特别久，好像怕输了对不起朋友。\n\n\
             一个星期以后，那位老人拄着拐杖回来了。他看了看棋盘，坐下来，把一个棋子退回原处，说：这一步我不会这样走\
             。两个人都笑了。",
        ),
        charset: Charset { written: "gb18030", http: None, meta: Some("gb2312") },
        ..OTHER
    },
    Page {
        name: "charset-korean-meta",
        url: "http://seojeom.example.org/heonchaek.html",
        purpose: "EUC-KR, declared in the page's `<meta>`.",
        lang: "ko",
        title: "골목 끝 헌책방",
        main: Main::Prose(
            "시장 골목 끝에 작은 헌책방이 하나 있다. 책은 천장까지 쌓여 있고 주인은 그 사이 어딘가에 앉아 있어서 \
             처음 온 손님은 아무도 없는 줄 안다. 그러나 책 제목을 말하면 대답이 먼저 들리고, 잠시 뒤에 먼지를 털며 \
             주인이 나타난다.\n\n\
             주인은 책을 판 사람들을 거의 기억한다. 어떤 책은 주인이 세 번 바뀌어 다시 돌아왔다고 한다. 책장 \
             사이에서 나온 편지나 사진은 따로 상자에 모아 두었다가, 찾으러 오는 사람이 있으면 돌려준다.\n\n\
             작년 겨울에 나는 그곳에서 어릴 때 잃어버린 동화책을 찾았다. 첫 장에 내 이름이 삐뚤빼뚤하게 적혀 있었다. \
             주인은 웃으면서 돈을 받지 않았다.",
        ),
        charset: Charset { written: "euc-kr", http: None, meta: Some("euc-kr") },
        ..OTHER
    },
];

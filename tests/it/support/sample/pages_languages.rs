//! Pages in fourteen languages other than English and in nine scripts, all under an open license.
//!
//! A preset that keeps one of the languages keeps its page; the quickstart drops all of them.
//! Chinese, Japanese and Thai do not put spaces between words, so filters that count words by white space see few.

use super::fate::{LANGUAGE_LOW_SCORE, LANGUAGE_NOT_WANTED, LANGUAGE_UNKNOWN};
use super::page::{Main, PAGE, Page};

/// Like [`PAGE`], under CC BY-SA 4.0 and in a language that the quickstart does not want.
const OTHER: Page = Page {
    purpose: "Openly licensed text in a language that the quickstart does not keep.",
    fate: LANGUAGE_NOT_WANTED,
    footer: r#"<a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a>"#,
    ..PAGE
};

/// One page a language, a page in four languages, and one in none.
pub const PAGES: &[Page] = &[
    Page {
        name: "language-german",
        url: "https://garten.example.org/wintergemuese",
        lang: "de",
        title: "Gemüse, das den Winter aushält",
        main: Main::Prose(
            "Wer im November noch ernten will, muss im Juli daran denken. Grünkohl, Lauch und Feldsalat brauchen den \
             Spätsommer, um groß genug zu werden, danach stehen sie still und warten auf die Küche. Der Frost \
             schadet ihnen nicht, im Gegenteil: Er macht aus der Stärke in den Blättern Zucker.\n\n\
             Unter einer Haube aus Glas wächst der Salat sogar im Februar ein wenig, sobald die Sonne höher steht. \
             Man darf nur nicht vergessen zu lüften, denn Nässe ist gefährlicher als Kälte. An milden Tagen genügt \
             ein Stein unter der Kante.\n\n\
             Die Wurzeln dagegen holt man besser vor dem ersten starken Frost herein und legt sie im Keller in \
             feuchten Sand.",
        ),
        ..OTHER
    },
    Page {
        name: "language-french",
        url: "https://cuisine.example.org/la-soupe-du-dimanche",
        lang: "fr",
        title: "La soupe du dimanche",
        main: Main::Prose(
            "Chez nous, la soupe du dimanche commençait le samedi soir. Ma grand-mère mettait les haricots à \
             tremper, posait le couvercle et disait toujours la même phrase : demain, on verra bien. Le matin, toute \
             la maison sentait déjà le thym et le lard avant que les enfants soient levés.\n\n\
             Elle n'a jamais pesé quoi que ce soit. Une poignée d'orge, deux carottes si elles étaient grosses, \
             trois si elles étaient petites, et les pommes de terre seulement à la fin pour qu'elles ne se défassent \
             pas. Le sel venait après, quand tout le monde avait goûté.\n\n\
             J'ai essayé d'écrire la recette. Elle tient en quatre lignes, et pourtant il y manque le plus important \
             : le temps qu'il faisait dehors.",
        ),
        ..OTHER
    },
    Page {
        name: "language-spanish",
        url: "https://pueblo.example.com/la-fuente",
        lang: "es",
        title: "La fuente que nunca se secaba",
        main: Main::Prose(
            "En la plaza de nuestro pueblo hay una fuente que, según los viejos, no se ha secado nunca. Ni siquiera \
             en el verano en que el río quedó reducido a un hilo y hubo que llevar las cabras hasta la sierra. El \
             agua salía fría, despacio, como si alguien la fuera contando.\n\n\
             El año pasado vinieron unos geólogos con aparatos y pasaron tres días midiendo. Dijeron que el agua \
             tarda unos cuarenta años en llegar desde las montañas hasta el caño. La que bebemos hoy cayó cuando mi \
             madre era niña.\n\n\
             Desde entonces la gente la mira de otra manera. Los niños preguntan quién beberá la lluvia de esta \
             tarde, y nadie sabe muy bien qué contestarles.",
        ),
        ..OTHER
    },
    Page {
        name: "language-portuguese",
        url: "https://mar.example.net/o-barco-azul",
        lang: "pt",
        title: "O barco azul",
        main: Main::Prose(
            "O barco azul do meu tio não tinha motor nem nome. Saíamos antes do nascer do sol, quando o mar ainda \
             estava liso e as gaivotas dormiam nos telhados do porto. Ele remava em silêncio durante uma hora e só \
             falava depois de lançar a rede.\n\n\
             Dizia que os peixes não se assustam com as palavras, mas com a pressa. Por isso fazia tudo devagar: \
             puxava a corda, separava os pequenos, devolvia-os à água e contava os que ficavam. Nunca trouxemos mais \
             do que cabia em dois cestos.\n\n\
             Hoje o barco está virado no quintal, com flores por cima. As crianças brincam lá dentro e perguntam \
             para onde ele ia. Respondo sempre que não ia longe, mas que chegava.",
        ),
        ..OTHER
    },
    Page {
        name: "language-polish",
        url: "https://las.example.org/grzyby",
        lang: "pl",
        title: "O zbieraniu grzybów",
        main: Main::Prose(
            "Na grzyby chodzi się wcześnie, zanim słońce osuszy mech. Dziadek budził nas o piątej, dawał każdemu \
             kosz i kromkę chleba, a potem szliśmy za nim przez łąkę, na której jeszcze leżała mgła. W lesie nie \
             wolno było krzyczeć, bo grzyby, jak mówił, chowają się przed hałasem.\n\n\
             Najlepsze miejsca znał tylko on. Nie pokazywał ich palcem, lecz zatrzymywał się i czekał, aż sami \
             zobaczymy brązowy kapelusz pod liśćmi. Kto znalazł pierwszego prawdziwka, ten wybierał drogę \
             powrotną.\n\n\
             Wieczorem całą kuchnię wypełniał zapach suszenia. Nawleczone na nitkę grzyby wisiały nad piecem aż do \
             świąt, a potem trafiały do barszczu.",
        ),
        ..OTHER
    },
    Page {
        name: "language-russian",
        url: "https://dacha.example.org/staraya-yablonya",
        lang: "ru",
        title: "Старая яблоня",
        main: Main::Prose(
            "За нашим домом стоит яблоня, которую посадил ещё прадед. Ствол у неё давно пустой, и в дупле каждую \
             весну селятся скворцы, но яблок она даёт больше, чем все молодые деревья вместе. Они мелкие, кислые и \
             лежат в подвале до самого мая.\n\n\
             Соседи много раз советовали её спилить. Говорили, что она затеняет грядки и что в первую же бурю упадёт \
             на крышу. Бурь с тех пор было немало, а яблоня стоит, только наклонилась немного к забору.\n\n\
             Осенью мы собираемся под ней всей семьёй. Кто-то трясёт ветки, кто-то держит старое одеяло, а дети \
             спорят, чьё яблоко красивее. Потом варим варенье, и запах стоит такой, что люди на дороге замедляют \
             шаг.",
        ),
        ..OTHER
    },
    Page {
        name: "language-greek",
        url: "https://nisi.example.org/to-kafeneio",
        lang: "el",
        title: "Το καφενείο του λιμανιού",
        main: Main::Prose(
            "Το καφενείο του λιμανιού ανοίγει πριν από την αυγή, για τους ψαράδες που γυρίζουν και για εκείνους που \
             φεύγουν. Έχει έξι τραπέζια, μια ξυλόσομπα και ένα ρολόι που πηγαίνει πάντα δέκα λεπτά μπροστά, ώστε να \
             μη χάνει κανείς το καράβι.\n\n\
             Ο καφές ψήνεται ακόμη στη χόβολη. Η κυρά που τον φτιάχνει θυμάται πώς τον πίνει ο καθένας, ακόμη και \
             όσοι λείπουν χρόνια. Όταν γυρίσει κάποιος από τα ξένα, δεν ρωτάει τίποτε· του φέρνει το φλιτζάνι και \
             ένα ποτήρι νερό.\n\n\
             Τον χειμώνα, όταν φυσάει και τα πλοία δεν δένουν, μαζεύεται εκεί όλο το χωριό. Τότε λέγονται οι \
             ιστορίες που το καλοκαίρι κανείς δεν προλαβαίνει να ακούσει.",
        ),
        ..OTHER
    },
    Page {
        name: "language-arabic",
        url: "https://souq.example.org/al-attar",
        lang: "ar",
        title: "دكان العطار",
        main: Main::Prose(
            "في آخر السوق القديم دكان صغير لا يزيد عرضه على ثلاثة أمتار، تفوح منه رائحة القرفة والهيل قبل أن تراه. \
             صاحبه رجل تجاوز السبعين، ورث المكان عن أبيه، وما زال يزن التوابل بميزان من النحاس ويكتب الحساب بقلم \
             رصاص على ورق بني.\n\n\
             يعرف زبائنه بأسمائهم وأسماء أولادهم. إذا سألته عن دواء للسعال سألك أولا كيف تنام ومتى تأكل، ثم يخلط لك \
             أعشابا في كيس ويقول إن الصبر نصف العلاج، وإن النصف الآخر كوب من الماء الساخن.\n\n\
             حاول كثيرون شراء الدكان ليجعلوا منه مقهى للسياح. كان يبتسم في كل مرة ويقدم لهم الشاي، ثم يقول إن \
             الرائحة وحدها لا تباع، وإن من دونها لن يبقى من المكان شيء.",
        ),
        ..OTHER
    },
    Page {
        name: "language-hebrew",
        url: "https://shuk.example.org/hamaafiya",
        lang: "he",
        title: "המאפייה בקצה הרחוב",
        main: Main::Prose(
            "בקצה הרחוב שלנו יש מאפייה קטנה שנפתחת בשלוש בלילה. מי שחוזר מאוחר הביתה רואה אור חלש מאחורי התריס ושומע \
             את המכונה הישנה שלשה את הבצק. האופה עובד לבד, בלי רדיו, ואומר שהלחם צריך שקט כדי לתפוח.\n\n\
             בימי שישי עומד שם תור ארוך עד לפינה. אנשים מדברים על מזג האוויר ועל המחירים, ואף אחד לא ממהר באמת, כי \
             הריח שווה את ההמתנה. הילדים מקבלים תמיד לחמנייה חמה ביד, גם אם ההורים לא ביקשו.\n\n\
             פעם שאלתי אותו מה הסוד שלו. הוא חשב רגע וענה שאין סוד, יש רק קמח, מים, מלח וזמן, ושרוב האנשים מוכנים \
             לתת את שלושת הראשונים אבל לא את האחרון.",
        ),
        ..OTHER
    },
    Page {
        name: "language-hindi",
        url: "https://gaon.example.org/purana-kuan",
        lang: "hi",
        title: "गाँव का पुराना कुआँ",
        main: Main::Prose(
            "हमारे गाँव के बीच में एक पुराना कुआँ है, जिसके चारों ओर नीम के तीन पेड़ खड़े हैं। जब घरों में नल नहीं थे, \
             तब सुबह और शाम सारी औरतें वहीं मिलती थीं। पानी भरने में जितना समय लगता था, उससे ज़्यादा समय बातें करने \
             में लगता था।\n\n\
             दादी कहती थीं कि गाँव की हर ख़बर पहले कुएँ तक पहुँचती है और फिर घरों तक। किसकी गाय ने बछड़ा दिया, किसके \
             बेटे की चिट्ठी आई, सब कुछ वहीं मालूम हो जाता था। शादी की बात भी अक्सर वहीं से शुरू होती थी।\n\n\
             अब घर घर में पानी आता है और कुएँ पर लोहे की जाली लगी है। फिर भी गर्मियों की शाम को बूढ़े लोग वहीं बैठते \
             हैं, क्योंकि नीम की छाया आज भी उतनी ही ठंडी है।",
        ),
        ..OTHER
    },
    Page {
        name: "language-japanese",
        url: "https://machi.example.org/mame-ya",
        lang: "ja",
        title: "坂の途中の豆屋",
        main: Main::Prose(
            "駅から家へ帰る坂の途中に、小さな豆屋がある。看板は色があせて読めないが、朝になると店の前に湯気が立つの\
             で、すぐにわかる。主人は毎日四時に起きて、前の晩から水につけておいた大豆を大きな釜で煮る。\n\n\
             子どものころ、私は冬になるとよくその店に寄り道をした。戸を開けると眼鏡が曇り、何も見えなくなる。それで\
             も主人は私の顔を見るなり、温かい豆を紙の袋に入れて渡してくれた。お金を払おうとすると、宿題が終わったら\
             でいいよ、と笑うのだった。\n\n\
             先月、久しぶりに町へ戻った。坂は思っていたより短く、店も記憶より小さかったが、湯気の匂いだけは少しも変\
             わっていなかった。今は娘さんが釜の前に立っている。",
        ),
        ..OTHER
    },
    Page {
        name: "language-chinese",
        url: "https://laojie.example.org/xiu-san",
        lang: "zh",
        title: "老街上的修伞匠",
        main: Main::Prose(
            "老街的拐角处有一位修伞的师傅，他在那里坐了三十多年。一张矮凳，一个木箱，箱子里是大大小小的伞骨和各种颜\
             色的线。下雨天别人急着往家跑，他却不慌不忙地撑开一把破伞，对着光看哪里漏了水。\n\n\
             现在的伞很便宜，坏了就扔，来修伞的人越来越少。可是师傅说，总有人舍不得。有一次，一个年轻姑娘拿来一把黑\
             布伞，说是外公留下的，伞柄已经裂了。他修了整整两天，只收了她五块钱。\n\n\
             我问他为什么不多收一点。他笑着说，修的是伞，留住的是别人心里的东西，这个怎么算价钱呢？说完，他又低下头\
             去穿他的线。",
        ),
        ..OTHER
    },
    Page {
        name: "language-korean",
        url: "https://golmok.example.org/jangdokdae",
        lang: "ko",
        title: "할머니의 장독대",
        main: Main::Prose(
            "할머니 집 뒤뜰에는 크고 작은 항아리가 열두 개 놓여 있었다. 맨 뒤의 큰 항아리에는 간장이, 가운데에는 \
             된장과 고추장이, 앞줄의 작은 항아리에는 해마다 다른 것이 들어 있었다. 햇볕이 좋은 날이면 할머니는 아침 \
             일찍 뚜껑을 모두 열어 두었다가 해가 지기 전에 다시 덮었다.\n\n\
             어린 나는 왜 날마다 같은 일을 하는지 이해하지 못했다. 할머니는 장이 사람처럼 바람도 쐬고 볕도 봐야 맛이 \
             든다고 말씀하셨다. 비가 올 것 같으면 밭에서 일하시다가도 뛰어오셨다.\n\n\
             지금은 그 집에 아무도 살지 않지만 항아리 두 개는 우리 아파트 베란다에 있다. 나도 이제 아침마다 뚜껑을 \
             열고, 저녁이면 닫는다. 아직 할머니의 맛은 나지 않지만 해마다 조금씩 가까워지고 있다.",
        ),
        ..OTHER
    },
    Page {
        name: "language-thai",
        url: "https://khlong.example.org/ruea-khanom",
        lang: "th",
        title: "เรือขนมของยาย",
        main: Main::Prose(
            "ทุกเช้ายายจะพายเรือลำเล็กออกจากท่าหลังบ้าน ในเรือมีหม้อขนมสามใบ ใบตองที่ตัดไว้เมื่อคืน และร่มเก่าหนึ่งคัน \
             เสียงไม้พายกระทบน้ำเบาๆ เป็นเสียงที่คนสองฝั่งคลองรู้จักดีพอได้ยินก็จะเดินลงมารอที่บันไดท่าน้ำ\n\n\
             ยายไม่เคยเขียนราคาไว้ที่ไหน ใครมีเงินมากก็ให้มาก ใครไม่มีก็เอาผลไม้จากสวนมาแลก ยายบอกว่าขนมที่ขายไม\
             ่หมดเอาไปถวายพระได้ แต่ถ้าขายแพงจนคนไม่กล้าซื้อ แบบนั้นเรียกว่าขาดทุนจริงๆ\n\n\
             เดี๋ยวนี้มีถนนตัดผ่านและคนส่วนใหญ่ซื้อขนมจากตลาดใหม่ แต่ในวันหยุดผมยังพายเรือลำเดิมออกไป เพื่อให้คลองได้ยินเส\
             ียงไม้พายอีกครั้ง",
        ),
        ..OTHER
    },
    Page {
        name: "language-mixed",
        url: "https://border.example.net/two-villages",
        purpose: "Three fifths English, the rest German, French and Spanish: English leads, with a low score.",
        fate: LANGUAGE_LOW_SCORE,
        title: "The hotel at the border",
        main: Main::Prose(
            "The hotel at the border has a sign in the hall that every guest is asked to read, and nobody has ever \
             read it to the end. It begins with the hours of breakfast and with the request to be quiet on the \
             stairs. Then it turns to the key, which is heavy on purpose, so that it will not be carried home in a \
             pocket.\n\n\
             Wer nach Mitternacht kommt, läutet bitte zweimal und wartet, bis der Hund aufgehört hat zu bellen.\n\n\
             Les clients sont priés de ne pas nourrir les chats qui dorment sur le toit de la cuisine.\n\n\
             El agua caliente llega por la mañana, entre las siete y las nueve, si alguien ha encendido la \
             caldera.\n\n\
             The last lines have been added in pencil by somebody who stayed for a winter. They say that the window \
             in number nine should be left alone, and that the view from it is worth the draft.",
        ),
        ..OTHER
    },
    Page {
        name: "language-unknown",
        url: "https://signs.example.net/undeciphered",
        purpose: "Numbers alone, in no language.",
        fate: LANGUAGE_UNKNOWN,
        lang: "",
        title: "1903-1972",
        main: Main::Prose(
            "1903 10.40 3.09 1906 9.83 4.18 1909 9.26 5.27 1912 8.69 6.36 1915 8.12 7.45 1918 7.55 8.54 1921 6.98 \
             9.63 1924 6.41 10.72 1927 5.84 11.81 1930 5.27 3.07 1933 4.70 4.16 1936 4.13 5.25.\n\n\
             1939 2.16 2.71 1942 3.32 3.42 1945 4.48 4.13 1948 5.64 4.84 1951 6.80 5.55 1954 7.96 6.26 1957 9.12 \
             6.97 1960 10.28 7.68 1963 1.47 8.39 1966 2.63 9.10 1969 3.79 9.81 1972 4.95 10.52.",
        ),
        ..OTHER
    },
];

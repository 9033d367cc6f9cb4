#!/usr/bin/env python3
"""Scenarios for the spam guard in eleven languages: `make_own.py > own.jsonl`. The format is that of `guard_eval`; every
sentence is invented here. Standard library only, same output every run."""
import json
import random

R = random.Random(7)
LANGS = {
    "en": dict(
        names="Nora Field,Tom Reed,Amy Stone,Ben Hart,Zoe Lake,Ivan Moss,Rita Vale,Carl Wood,Dina West,Paul North,Gina Ford,Hugh Penn,Lena Marsh,Otto Bell,Vera Lane,Seth Page",
        ads=["Half price on all candles until Sunday, grab yours before they sell out!", "Only today: 20% off everything with code GLOW20", "Win a weekend trip: enter here https://bit.ly/3glow and tell your friends!"],
        soft=["We have moved across the street to number 12, come by and see the new rooms.", "Our pottery workshop starts again in January and there is room for a few more hands.", "From Monday we also serve breakfast on the terrace, we look forward to seeing you."],
        hours=("Are you open on Saturday?", "Yes, on Saturday from 9 to 2."), price=("How much is a full service?", "The full service is 80 pounds, this month 15% off and a free chain check!"),
        wait=("Has my parcel from the framer come?", "Not yet, we will let you know as soon as it is here."), follow="It is here now, you can pick it up any time.", thanks="Thanks a lot", ack="You're welcome, see you!",
        appt="Your appointment is confirmed for {t}.", pickup="Your order {c} is ready for collection.", invoice="We received your payment of {m} pounds, thank you.", pet="{p} was very brave today and is ready to go home.", stop="Please stop sending me messages"),
    "de": dict(
        names="Nora Feld,Timo Ried,Anke Stein,Ben Hart,Zita See,Iwan Moos,Rita Tal,Karl Holz,Dina West,Paul Nord,Gina Furt,Hugo Penn,Lena Marsch,Otto Glocke,Vera Gasse,Sven Blatt",
        ads=["Alle Kerzen zum halben Preis, nur noch bis Sonntag und solange der Vorrat reicht!", "Nur heute 20 % Rabatt auf alles mit dem Code GLUT20", "Gewinnt ein Wochenende am See: jetzt mitmachen unter https://bit.ly/3glut!"],
        soft=["Wir sind umgezogen, ihr findet uns jetzt gegenüber in der Nummer 12, schaut gern vorbei.", "Unser Töpferkurs beginnt im Januar wieder und es sind noch ein paar Plätze frei.", "Ab Montag gibt es bei uns auch Frühstück auf der Terrasse, wir freuen uns auf euch."],
        hours=("Habt ihr am Samstag offen?", "Ja, am Samstag von 9 bis 14 Uhr."), price=("Was kostet eine große Inspektion?", "Die große Inspektion kostet 90 Euro, diesen Monat 15 % Rabatt und die Kettenpflege gratis!"),
        wait=("Ist mein Paket vom Rahmenbauer schon gekommen?", "Noch nicht, wir geben Ihnen Bescheid, sobald es da ist."), follow="Jetzt ist alles da, Sie können jederzeit kommen.", thanks="Vielen Dank", ack="Gerne, bis bald!",
        appt="Ihr Termin am {t} ist bestätigt.", pickup="Ihre Bestellung {c} liegt zur Abholung bereit.", invoice="Wir haben Ihre Zahlung über {m} Euro erhalten, danke.", pet="{p} war heute sehr tapfer und darf wieder nach Hause.", stop="Bitte schickt mir keine Werbung mehr"),
    "es": dict(
        names="Nuria Campo,Tomás Rey,Ana Piedra,Benito Soto,Zoe Lago,Iván Musgo,Rita Valle,Carlos Bosque,Dina Oeste,Pablo Norte,Gina Vado,Hugo Peña,Elena Marisma,Otón Campana,Vera Calle,Saúl Hoja",
        ads=["Todas las velas a mitad de precio hasta el domingo, ¡no te lo pierdas, últimas unidades!", "Solo hoy 20 % de descuento en todo con el código BRILLO20", "¡Gana un fin de semana: participa en https://bit.ly/3brillo y trae a un amigo!"],
        soft=["Nos hemos mudado al local de enfrente, en el número 12, pasad a conocer las nuevas salas.", "Nuestro taller de cerámica vuelve en enero y queda sitio para algunas personas más.", "Desde el lunes servimos también desayunos en la terraza, será un placer veros."],
        hours=("¿Abrís el sábado?", "Sí, el sábado de 9 a 14."), price=("¿Cuánto cuesta la revisión completa?", "La revisión completa son 80 euros, este mes con 15 % de descuento y engrase gratis."),
        wait=("¿Ha llegado ya mi paquete del marquero?", "Todavía no, te avisamos en cuanto esté."), follow="Ya lo tenemos todo, puedes venir cuando quieras.", thanks="Muchas gracias", ack="De nada, ¡hasta pronto!",
        appt="Tu cita queda confirmada para {t}.", pickup="Tu pedido {c} está listo para recoger.", invoice="Hemos recibido su pago de {m} euros, gracias.", pet="{p} se ha portado muy bien y ya puede volver a casa.", stop="No quiero recibir más mensajes"),
    "pt": dict(
        names="Nadia Campos,Tomás Reis,Ana Pedra,Bento Souto,Zoé Lagoa,Ivo Musgo,Rita Vale,Carlos Mata,Dina Oeste,Paulo Norte,Gina Vau,Hugo Penha,Helena Mar,Otto Sino,Vera Rua,Saul Folha",
        ads=["Todas as velas pela metade do preço até domingo, aproveite antes que acabe!", "Só hoje 20% de desconto em tudo com o código BRILHO20", "Ganhe um fim de semana: participe em https://bit.ly/3brilho e traga um amigo!"],
        soft=["Mudamos para o outro lado da rua, no número 12, passem para conhecer as novas salas.", "A nossa oficina de cerâmica volta em janeiro e ainda há lugares para mais gente.", "A partir de segunda servimos também pequeno almoço no terraço, esperamos ver todos."],
        hours=("Vocês abrem no sábado?", "Sim, no sábado das 9 às 14."), price=("Quanto custa a revisão completa?", "A revisão completa custa 80 reais, neste mês com 15% de desconto e lavagem grátis."),
        wait=("O meu pacote do moldureiro já chegou?", "Ainda não, avisamos assim que estiver aqui."), follow="Já está tudo conosco, pode vir quando quiser.", thanks="Muito obrigada", ack="De nada, até logo!",
        appt="A sua consulta está confirmada para {t}.", pickup="O seu pedido {c} está pronto para retirada.", invoice="Recebemos o seu pagamento de {m} reais, obrigado.", pet="{p} foi muito valente e já pode voltar para casa.", stop="Não quero mais receber mensagens"),
    "it": dict(
        names="Nora Campi,Tino Re,Anna Sasso,Beno Cervo,Zoe Lago,Ivo Muschio,Rita Valle,Carlo Bosco,Dina Ponente,Paolo Nord,Gina Guado,Ugo Penna,Elena Palude,Otto Campana,Vera Via,Saul Foglia",
        ads=["Tutte le candele a metà prezzo fino a domenica, approfittatene prima che finiscano, ultimi pezzi!", "Solo oggi sconto del 20% su tutto con il codice LUCE20", "Vinci un weekend: partecipa qui https://bit.ly/3luce e porta un amico!"],
        soft=["Ci siamo trasferiti di fronte, al numero 12, passate a vedere le nuove sale.", "Il nostro laboratorio di ceramica riparte a gennaio e ci sono ancora alcuni posti.", "Da lunedì serviamo anche la colazione in terrazza, sarà bello rivedervi."],
        hours=("Siete aperti sabato?", "Sì, sabato dalle 9 alle 14."), price=("Quanto costa il tagliando completo?", "Il tagliando completo costa 80 euro, questo mese sconto del 15% e controllo gratis."),
        wait=("È arrivato il mio pacco dal corniciaio?", "Non ancora, le facciamo sapere appena arriva."), follow="Adesso è tutto qui, può venire quando vuole.", thanks="Grazie mille", ack="Prego, a presto!",
        appt="Il suo appuntamento è confermato per {t}.", pickup="Il tuo ordine {c} è pronto per il ritiro.", invoice="Abbiamo ricevuto il suo pagamento di {m} euro, grazie.", pet="{p} è stato bravissimo oggi e può tornare a casa.", stop="Non mandatemi più messaggi"),
    "fr": dict(
        names="Nora Champ,Tim Roi,Anne Pierre,Benoît Cerf,Zoé Lac,Ivan Mousse,Rita Val,Carl Bois,Dina Ouest,Paul Nord,Gina Gué,Hugo Plume,Léna Marais,Otto Cloche,Véra Rue,Saül Page",
        ads=["Toutes les bougies à moitié prix jusqu'à dimanche, profitez-en avant épuisement des stocks !", "Aujourd'hui seulement -20 % sur tout avec le code LUEUR20", "Gagnez un week-end : participez ici https://bit.ly/3lueur et parrainez un ami !"],
        soft=["Nous avons déménagé juste en face, au numéro 12, passez voir les nouvelles salles.", "Notre atelier de céramique reprend en janvier et il reste quelques places.", "Dès lundi nous servons aussi le petit déjeuner en terrasse, au plaisir de vous voir."],
        hours=("Vous êtes ouverts samedi ?", "Oui, samedi de 9 h à 14 h."), price=("Combien coûte la révision complète ?", "La révision complète coûte 80 euros, ce mois-ci remise de 15 % et graissage offert."),
        wait=("Mon colis de l'encadreur est arrivé ?", "Pas encore, on vous tient au courant."), follow="Tout est là maintenant, vous pouvez passer quand vous voulez.", thanks="Merci beaucoup", ack="Avec plaisir, à bientôt !",
        appt="Votre rendez-vous est confirmé pour {t}.", pickup="Votre commande {c} est prête à être retirée.", invoice="Nous avons bien reçu votre paiement de {m} euros, merci.", pet="{p} a été très courageux et peut rentrer à la maison.", stop="Ne m'envoyez plus de messages"),
    "tr": dict(
        names="Nur Tarla,Tolga Kamış,Aslı Taş,Berk Geyik,Zeynep Göl,İlker Yosun,Rana Vadi,Kaan Orman,Deniz Batı,Polat Kuzey,Gizem Geçit,Hakan Kalem,Leyla Sazlık,Okan Çan,Vildan Sokak,Serkan Yaprak",
        ads=["Bütün mumlar pazara kadar yarı fiyatına, stoklar tükenmeden gelin, kaçırmayın!", "Sadece bugün her şeyde %20 indirim, kod ISIK20", "Bir hafta sonu tatili kazanın: hemen katılın https://bit.ly/3isik ve arkadaşınızı getirin!"],
        soft=["Karşı tarafa, 12 numaraya taşındık, yeni odaları görmeye uğrayın.", "Seramik atölyemiz ocak ayında yeniden başlıyor, birkaç kişilik yerimiz daha var.", "Pazartesiden itibaren terasta kahvaltı da veriyoruz, görüşmek dileğiyle."],
        hours=("Cumartesi açık mısınız?", "Evet, cumartesi 9 ile 14 arası."), price=("Komple bakım ne kadar?", "Komple bakım 800 TL, bu ay %15 indirim ve zincir yağlama ücretsiz."),
        wait=("Çerçeveciden paketim geldi mi?", "Henüz değil, gelince haber veririz."), follow="Şimdi her şey burada, istediğiniz zaman uğrayabilirsiniz.", thanks="Çok teşekkürler", ack="Rica ederiz, görüşürüz!",
        appt="Randevunuz {t} için onaylandı.", pickup="{c} numaralı siparişiniz teslim almaya hazır.", invoice="{m} TL tutarındaki ödemeniz ulaştı, teşekkürler.", pet="{p} bugün çok uslu durdu, artık eve dönebilir.", stop="Bana artık mesaj göndermeyin"),
    "nl": dict(
        names="Noor Veld,Tim Riet,Anna Steen,Ben Hert,Zoë Meer,Ivo Mos,Rita Dal,Karel Bos,Dina West,Paul Noord,Gina Voorde,Hugo Pen,Lena Moeras,Otto Klok,Vera Laan,Sem Blad",
        ads=["Alle kaarsen voor de halve prijs tot en met zondag, wees er snel bij want op is op!", "Alleen vandaag 20% korting op alles met code GLOED20", "Win een weekendje weg: doe mee via https://bit.ly/3gloed en neem een vriend mee!"],
        soft=["We zijn verhuisd naar de overkant, nummer 12, kom langs om de nieuwe ruimtes te zien.", "Onze keramiekworkshop begint weer in januari en er zijn nog een paar plekken.", "Vanaf maandag serveren we ook ontbijt op het terras, we zien je graag."],
        hours=("Zijn jullie zaterdag open?", "Ja, zaterdag van 9 tot 14 uur."), price=("Wat kost een grote beurt?", "De grote beurt kost 80 euro, deze maand 15% korting en gratis ketting smeren."),
        wait=("Is mijn pakje van de lijstenmaker er al?", "Nog niet, we laten het u weten zodra het er is."), follow="Alles is er nu, u kunt komen wanneer u wilt.", thanks="Heel erg bedankt", ack="Graag gedaan, tot snel!",
        appt="Uw afspraak op {t} is bevestigd.", pickup="Je bestelling {c} ligt klaar om op te halen.", invoice="We hebben uw betaling van {m} euro ontvangen, dank u.", pet="{p} was vandaag heel dapper en mag weer naar huis.", stop="Stuur me geen berichten meer"),
    "pl": dict(
        names="Nina Polna,Tomasz Trzcina,Anna Kamień,Bartek Jeleń,Zofia Jezioro,Iwo Mech,Rita Dolina,Karol Las,Dina Zachodnia,Paweł Północny,Gosia Bród,Hubert Pióro,Lena Bagno,Olek Dzwon,Wera Ulica,Szymon Liść",
        ads=["Wszystkie świece za pół ceny do niedzieli, nie przegap, ostatnie sztuki!", "Tylko dziś 20% rabatu na wszystko z kodem BLASK20", "Wygraj weekend nad jeziorem: weź udział https://bit.ly/3blask i zaproś znajomych!"],
        soft=["Przeprowadziliśmy się na drugą stronę ulicy, pod numer 12, wpadnijcie zobaczyć nowe sale.", "Nasze warsztaty ceramiczne ruszają znowu w styczniu i zostało jeszcze kilka miejsc.", "Od poniedziałku podajemy też śniadania na tarasie, miło będzie się spotkać."],
        hours=("Czy w sobotę jest otwarte?", "Tak, w sobotę od 9 do 14."), price=("Ile kosztuje pełny przegląd?", "Pełny przegląd kosztuje 200 zł, w tym miesiącu 15% rabatu i smarowanie gratis."),
        wait=("Czy moja paczka od ramiarza już jest?", "Jeszcze nie, damy znać, gdy dotrze."), follow="Wszystko już u nas, proszę przyjść w dowolnej chwili.", thanks="Bardzo dziękuję", ack="Proszę bardzo, do zobaczenia!",
        appt="Twoja wizyta {t} jest potwierdzona.", pickup="Twoje zamówienie {c} jest gotowe do odbioru.", invoice="Otrzymaliśmy państwa płatność {m} zł, dziękujemy.", pet="{p} był dziś bardzo dzielny i może wracać do domu.", stop="Proszę nie wysyłać mi więcej wiadomości"),
    "ar": dict(
        names="نورة الحقل,تامر القصب,أمل الحجر,باسم الغزال,زينب البحيرة,إياد الطحلب,ريم الوادي,كريم الغابة,دينا الغربي,فارس الشمالي,جنى المعبر,هادي القلم,لينا الساحل,عمر الجرس,ورد الشارع,سامر الورق",
        ads=["جميع الشموع بنصف السعر حتى يوم الأحد، لا تفوتوا الفرصة والكمية محدودة!", "اليوم فقط خصم 20% على كل شيء مع كود NOOR20", "اربحوا عطلة نهاية أسبوع: شاركوا الآن https://bit.ly/3noor وادعوا أصدقاءكم!"],
        soft=["انتقلنا إلى الجهة المقابلة في رقم 12، مروا لرؤية القاعات الجديدة.", "ورشة الخزف تعود في يناير وما زالت هناك بعض المقاعد.", "ابتداء من الاثنين نقدم الفطور أيضا على التراس، يسعدنا لقاؤكم."],
        hours=("هل تفتحون يوم السبت؟", "نعم، يوم السبت من 9 إلى 14."), price=("كم سعر الصيانة الكاملة؟", "الصيانة الكاملة 300 ريال، هذا الشهر خصم 15% والتشحيم مجانا."),
        wait=("هل وصل طردي من محل الإطارات؟", "ليس بعد، سنخبرك عندما يصل."), follow="كل شيء عندنا الآن، تفضل متى شئت.", thanks="شكرا جزيلا", ack="على الرحب والسعة، إلى اللقاء!",
        appt="تم تأكيد موعدك {t}.", pickup="طلبك {c} جاهز للاستلام.", invoice="استلمنا دفعتك بقيمة {m} ريال، شكرا.", pet="كان {p} شجاعا اليوم ويمكنه العودة إلى البيت.", stop="لا ترسلوا لي رسائل"),
    "cs": dict(
        names="Nora Polní,Tomáš Rákos,Anna Kamenná,Beno Jelen,Zita Jezerní,Ivo Mech,Rita Údolní,Karel Les,Dina Západní,Pavel Severní,Gita Brodská,Hugo Pero,Lenka Bažina,Ota Zvon,Věra Ulice,Saša List",
        ads=["Všechny svíčky za půlku do neděle, výprodej jen dnes a zdarma dárek!", "Jen dnes sleva 20 % na vše s kódem ZARE20", "Vyhrajte víkend: soutěž na https://bit.ly/3zare, jen dnes!"],
        soft=["Přestěhovali jsme se naproti do čísla 12, přijďte se podívat na nové sály.", "Naše keramická dílna začíná znovu v lednu a zbývá pár míst.", "Od pondělí podáváme také snídaně na terase, těšíme se na vás."],
        hours=("Máte v sobotu otevřeno?", "Ano, v sobotu od 9 do 14."), price=("Kolik stojí velký servis?", "Velký servis stojí 900 Kč, tento měsíc sleva 15 % a mazání zdarma."),
        wait=("Dorazil už můj balík od rámaře?", "Ještě ne, dáme vám vědět."), follow="Už je vše u nás, můžete kdykoli přijít.", thanks="Děkuji moc", ack="Není zač, nashle!",
        appt="Váš termín {t} je potvrzen.", pickup="Vaše objednávka {c} je připravena k vyzvednutí.", invoice="Přijali jsme vaši platbu {m} Kč, děkujeme.", pet="{p} byl dnes moc statečný a může domů.", stop="stop"),
}
REWORDED = {
    "en": ["Hi, our knitting evenings are back from Thursday, bring your yarn and join us for tea.", "Good news: the knitting nights return on Thursday. Come with your wool, tea is on us.", "From Thursday on we knit together again in the evening, with tea. Bring wool!", "Knitting evening starts again this Thursday, there will be tea and plenty of yarn.", "Do you like to knit? Thursday evening we begin again, tea included, wool welcome."],
    "de": ["Hallo, ab Donnerstag gibt es wieder unsere Strickabende, bringt Wolle mit, Tee ist da.", "Gute Nachricht: Die Strickabende kehren am Donnerstag zurück. Wolle einpacken, Tee gibt es bei uns.", "Ab Donnerstag stricken wir wieder gemeinsam am Abend, mit Tee. Bringt eure Wolle mit!", "Der Strickabend startet wieder diesen Donnerstag, Tee und Wolle gibt es reichlich.", "Lust zu stricken? Donnerstagabend geht es wieder los, Tee inklusive, Wolle willkommen."],
    "es": ["Hola, desde el jueves vuelven las tardes de tejer, trae tu lana, hay té para todos.", "Buenas noticias: las tardes de tejer regresan el jueves. Ven con tu lana, el té lo ponemos nosotros.", "A partir del jueves tejemos otra vez juntos por la tarde, con té. ¡Trae lana!", "La tarde de tejer empieza de nuevo este jueves, habrá té y mucha lana.", "¿Te gusta tejer? El jueves por la tarde empezamos de nuevo, té incluido, lana bienvenida."],
    "fr": ["Bonjour, les soirées tricot reprennent jeudi, apportez votre laine, le thé est prêt.", "Bonne nouvelle : les soirées tricot reviennent jeudi. Venez avec votre laine, on s'occupe du thé.", "Dès jeudi on tricote de nouveau ensemble le soir, avec du thé. Apportez de la laine !", "La soirée tricot recommence ce jeudi, il y aura du thé et beaucoup de laine.", "Envie de tricoter ? Jeudi soir on recommence, thé compris, laine bienvenue."],
}
REWORDED_ADS = {
    "en": ["Sale on boots: 30% off until Friday!", "Until Friday all boots are 30% off, grab a pair!", "30% discount on every pair of boots, ends on Friday", "Boots reduced by 30%: last chance this Friday!", "Don't miss our boot sale, 30% off till Friday"],
    "it": ["Saldi sugli stivali: sconto del 30% fino a venerdì!", "Fino a venerdì tutti gli stivali scontati del 30%, approfittatene!", "30% di sconto su ogni paio di stivali, solo fino a venerdì", "Stivali in saldo al 30%: ultima occasione venerdì!", "Non perdete i saldi: stivali meno 30% in offerta"],
    "pl": ["Wyprzedaż kozaków: 30% taniej do piątku!", "Do piątku wszystkie kozaki z rabatem 30%, skorzystaj!", "Rabat 30% na każdą parę kozaków, tylko do piątku", "Kozaki przecenione o 30%: ostatnia szansa w piątek!", "Nie przegap promocji, kozaki 30% taniej"],
}
PETS = "Bella,Rex,Luna,Milo,Nala,Balu,Kira,Simba,Lola,Oskar,Maya,Rocky,Emma,Leo,Frida,Paco".split(",")
NOTES = {
    "en": ["The lamp you liked only comes in brass, shall I order it?", "I found your scarf behind the counter.", "Our upholsterer says the green velvet takes six weeks.", "Your neighbour left the ladder with us for you.", "The maker confirmed that the drawer can be widened.", "I measured again, the table fits through your door."],
    "es": ["La lámpara que te gustó solo viene en latón, ¿la pedimos?", "Encontré tu bufanda detrás del mostrador.", "El tapicero dice que el terciopelo verde tarda seis semanas.", "Tu vecina nos dejó la escalera para ti.", "El carpintero confirma que el cajón se puede ensanchar.", "He vuelto a medir y la mesa cabe por tu puerta."],
    "tr": ["Beğendiğiniz lamba sadece pirinçten geliyor, getirtelim mi?", "Atkınızı tezgâhın arkasında buldum.", "Döşemeci yeşil kadifenin altı hafta süreceğini söylüyor.", "Komşunuz merdiveni size verilmek üzere bize bıraktı.", "Marangoz çekmecenin genişletilebileceğini doğruladı.", "Tekrar ölçtüm, masa kapınızdan geçiyor."],
    "nl": ["De lamp die je mooi vond is er alleen in messing, zal ik hem bestellen?", "Ik vond je sjaal achter de toonbank.", "De stoffeerder zegt dat het groene fluweel zes weken duurt.", "Je buurvrouw heeft de ladder hier voor je achtergelaten.", "De maker bevestigt dat de lade breder kan.", "Ik heb opnieuw gemeten, de tafel past door je deur."],
}
OUT = []
BLAST = ["MASS_SIMILAR", "MASS_MEDIA", "UNASKED", "LINK", "SHORTENER", "VELOCITY", "PROMO", "OBFUSCATED", "PROMO_IN_UTILITY"]


class Story:
    def __init__(self, family, cls, lang, quality="GREEN"):
        self.s = dict(id="own-%04d" % (len(OUT) + 1), family=family, cls=cls, grey=False, langs=[lang], start="2026-11-24T09:00:00+01:00",
                      shop=dict(name="Atelier Lux", own_domains=["atelierlux.example"], staff=["ada", "bo"]), account=dict(quality=quality, limit=2000, used_24h=0), templates={}, contacts={}, events=[])
        self.t, self.n = 300.0, 0
        names = LANGS[lang]["names"].split(",")
        R.shuffle(names)
        self.names = names

    def person(self, last=None, marketing="none", service="none"):
        key = "c%02d" % (len(self.s["contacts"]) + 1)
        at = len(self.s["contacts"])
        self.s["contacts"][key] = dict(name=self.names[at % len(self.names)], last_in_h=last, first_seen_d=R.randint(0, 700), consent=dict(marketing=marketing, service=service), mkt_7d=0)
        return key

    def first(self, key):
        return self.s["contacts"][key]["name"].split()[0]

    def wait(self, low, high):
        self.t = round(self.t + R.uniform(low, high), 1)

    def put(self, event, **fields):
        self.n += 1
        self.s["events"].append(dict(e=self.n, t=self.t, type=event, **fields))

    def hears(self, key, text):
        self.put("in", **{"from": key}, text=text)

    def says(self, key, text=None, label="allow", accept=None, ordinal=None, by="ada", open=True, reasons=None, **rest):
        if ordinal is not None:
            label, accept = ("allow", ["allow", "warn"]) if ordinal < 5 else ("warn", ["allow", "warn"]) if ordinal < 10 else ("warn", ["warn"])
            reasons = BLAST
        truth = dict(label=label, accept=accept or [label], reasons=reasons or [], episode="b1" if ordinal else None, ordinal=ordinal)
        kind = "template" if "template" in rest else "media" if "media" in rest else "text"
        fields = dict(text=text) if kind == "text" else dict(caption=text) if kind == "media" else {}
        self.put("out", to=key, by=by, kind=kind, window_open=open, **fields, **rest, truth=truth)

    def end(self):
        OUT.append(self.s)


def greet(story, key, text):
    way = R.randint(0, 3)
    name = story.first(key)
    return [text, "%s, %s" % (name, text), "%s! %s" % (name, text), text + " 🙂"][way]


def blasts(lang):
    words = LANGS[lang]
    for kind in ("soft", "ads"):
        for text in words[kind]:
            s = Story("blast_" + kind, "blast", lang)
            for n in range(1, 14):
                key = s.person(R.uniform(0.5, 20))
                s.wait(20, 200)
                s.says(key, greet(s, key, text), ordinal=n, by=R.choice(["ada", "bo"]))
            s.end()
    s = Story("blast_all_day", "blast", lang)
    for n in range(1, 13):
        key = s.person(R.uniform(0.2, 3))
        s.wait(1800, 3000)
        s.hears(key, words["hours"][0])
        s.wait(20, 60)
        s.says(key, words["hours"][1])
        s.wait(2000, 2600)
        s.says(key, words["soft"][1], ordinal=n)
    s.end()
    s = Story("blast_after_thanks", "blast", lang)
    keys = [s.person() for _ in range(12)]
    for key in keys:
        s.wait(60, 200)
        s.hears(key, words["hours"][0])
        s.wait(20, 60)
        s.says(key, words["hours"][1])
        s.wait(20, 60)
        s.hears(key, words["thanks"])
    s.wait(4000, 6000)
    for n, key in enumerate(keys, 1):
        s.wait(20, 60)
        s.says(key, words["ads"][0], ordinal=n)
    s.end()
    s = Story("blast_picture", "blast", lang)
    for n in range(1, 13):
        key = s.person(R.uniform(0.5, 20))
        s.wait(20, 90)
        s.says(key, R.choice(words["soft"] + [words["ack"], ""]), ordinal=n, media=dict(type="image", name="p.jpg", sha="same"))
    s.end()
    s = Story("blast_in_utility", "blast", lang)
    s.s["templates"]["update_1"] = dict(category="UTILITY", status="APPROVED", body="{{1}}: {{2}}", footer=None)
    for n in range(1, 13):
        key = s.person(R.uniform(40, 400), service="in")
        s.wait(20, 90)
        s.says(key, ordinal=n, open=False, template="update_1", params=[s.first(key), words["ads"][n % 2]])
    s.end()
    if lang not in ("ar",):
        s = Story("blast_disguised", "blast", lang)
        swap = str.maketrans({"a": "а", "e": "е", "o": "о"})
        for n in range(1, 13):
            key = s.person(R.uniform(0.5, 20))
            s.wait(20, 90)
            text = words["ads"][0]
            text = [text, text.translate(swap), "\u200b".join(text[:8]) + text[8:], text.upper()][n % 4]
            s.says(key, text, ordinal=n)
        s.end()


def chains():
    for lang, texts in list(REWORDED.items()) + list(REWORDED_ADS.items()):
        s = Story("blast_reworded", "blast", lang)
        for n in range(1, 14):
            key = s.person(R.uniform(0.5, 20))
            s.wait(60, 400)
            s.says(key, texts[n % len(texts)], ordinal=n)
        s.end()
    for kind, count in (("soft", 3), ("ads", 3)):
        for at in range(count):
            s = Story("blast_translated_" + kind, "blast", "en")
            langs = [lang for lang in LANGS if lang != "cs"]
            R.shuffle(langs)
            for n in range(1, 14):
                key = s.person(R.uniform(0.5, 20))
                s.wait(60, 400)
                s.says(key, LANGS[langs[n % len(langs)]][kind][at], ordinal=n)
            s.s["langs"] = langs
            s.end()


def legit(lang):
    words = LANGS[lang]
    s = Story("answers_30", "legit", lang)
    for n in range(30):
        key = s.person(R.choice([None, R.uniform(30, 900)]))
        s.wait(30, 400)
        s.hears(key, words["hours"][0])
        s.wait(8, 90)
        s.says(key, words["hours"][1])
        if n % 3 == 0:
            s.wait(8, 90)
            s.hears(key, words["thanks"])
            s.wait(8, 90)
            s.says(key, words["ack"])
    s.end()
    s = Story("prices_asked", "legit", lang)
    for n in range(12):
        key = s.person(R.uniform(30, 900))
        s.wait(30, 400)
        s.hears(key, words["price"][0])
        s.wait(8, 90)
        s.says(key, words["price"][1])
    s.end()
    s = Story("ad_leads", "legit", lang)
    for n in range(12):
        key = s.person()
        s.wait(30, 400)
        s.hears(key, words["hours"][0])
        s.wait(8, 90)
        s.says(key, words["ads"][n % 2])
    s.end()
    s = Story("automatic", "legit", lang)
    for n in range(14):
        key = s.person(R.uniform(30, 900))
        s.wait(30, 400)
        s.hears(key, words["wait"][0])
        s.wait(1, 3)
        s.says(key, words["soft"][0], by="auto")
    s.end()
    s = Story("promised", "legit", lang)
    keys = [s.person(R.uniform(30, 900)) for _ in range(12)]
    for key in keys:
        s.wait(60, 300)
        s.hears(key, words["wait"][0])
        s.wait(8, 90)
        s.says(key, words["wait"][1])
    s.wait(9000, 20000)
    for key in keys:
        s.wait(20, 60)
        s.says(key, words["follow"])
    s.end()
    figures = dict(appt=lambda n: dict(t="%d:%02d" % (8 + n % 9, 5 * (n % 12))), pickup=lambda n: dict(c="B-%d" % (4100 + 7 * n)), invoice=lambda n: dict(m="%d,%02d" % (20 + 3 * n, 7 * n % 100)), pet=lambda n: dict(p=PETS[n]))
    for kind, fill in figures.items():
        s = Story("notice_" + kind, "legit", lang)
        for n in range(12):
            key = s.person(R.uniform(0.5, 20))
            s.wait(30, 400)
            s.says(key, words[kind].format(**fill(n)), by=R.choice(["ada", "bo"]))
        s.end()
    s = Story("team", "legit", lang)
    for _ in range(4):
        key = s.person(R.uniform(0.5, 20))
        s.wait(10, 40)
        s.says(key, words["soft"][2])
    s.end()
    s = Story("stopped", "block", lang)
    for n in range(4):
        key = s.person(R.uniform(30, 300), marketing="in", service="in")
        s.wait(30, 60)
        s.hears(key, words["stop"])
        s.wait(30, 100)
        s.says(key, words["ack"])
        s.wait(2000, 3000)
        s.says(key, words["soft"][0], label="block", reasons=["OPTED_OUT"])
        s.wait(2000, 3000)
        s.hears(key, words["hours"][0])
        s.wait(10, 60)
        s.says(key, words["hours"][1])
    s.end()


def others():
    for lang, notes in NOTES.items():
        s = Story("own_words", "legit", lang)
        for n, note in enumerate(notes * 2):
            if n >= len(notes) + 0:
                break
            key = s.person(R.uniform(0.5, 20))
            s.wait(60, 400)
            s.says(key, note)
        s.end()
    for code, family in ((131049, "withheld"), (131050, "stopped_at_meta")):
        s = Story(family, "block", "en")
        s.s["templates"]["news"] = dict(category="MARKETING", status="APPROVED", body="Hi {{1}}, our winter range is here. Atelier Lux", footer="Reply STOP to opt out.")
        keys = [s.person(R.uniform(30, 900), marketing="in", service="in") for _ in range(8)]
        for n, key in enumerate(keys):
            s.wait(6, 9)
            s.says(key, open=False, template="news", params=[s.first(key)])
            if n % 3 == 0:
                s.wait(2, 3)
                s.put("status", to=key, code=code)
        s.wait(3600, 7000)
        for n, key in enumerate(keys):
            if n % 3 == 0:
                s.wait(6, 9)
                s.says(key, open=False, template="news", params=[s.first(key)], label="block", reasons=["RETRY_TOO_SOON", "OPTED_OUT"])
        s.end()
    s = Story("paused_template", "block", "en")
    s.s["templates"]["news"] = dict(category="MARKETING", status="PAUSED", body="Hi {{1}}, our winter range is here. Atelier Lux", footer="Reply STOP to opt out.")
    for _ in range(5):
        key = s.person(R.uniform(30, 900), marketing="in", service="in")
        s.wait(6, 9)
        s.says(key, open=False, template="news", params=[s.first(key)], label="block", reasons=["TEMPLATE_STATE"])
    s.end()


if __name__ == "__main__":
    for language in LANGS:
        blasts(language)
        legit(language)
    chains()
    others()
    for story in OUT:
        print(json.dumps(story, ensure_ascii=False, separators=(",", ":")))

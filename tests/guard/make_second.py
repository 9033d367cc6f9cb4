#!/usr/bin/env python3
"""A second set in other words, for looking at what the first one does not show: `make_second.py > second.jsonl`."""
import json
import random

import make_own as own

R = random.Random(11)
own.OUT.clear()
Story = own.Story

NEWS = {
    "en": ["We are hiring a barista, tell us if you know someone.", "Please save our new phone number, the old one stops next week.", "We are closed from the 23rd to the 2nd, see you next year.", "Vote for us in the regional baker award, it takes a minute.", "A short survey about our service: https://forms.example/q77", "Our prices go up a little from the first of next month.", "https://atelierlux.example/winter-lookbook"],
    "de": ["Wir suchen Verstärkung für die Theke, sagt uns, wenn ihr jemanden kennt.", "Bitte speichert unsere neue Telefonnummer, die alte gilt bald nicht mehr.", "Wir machen vom 23. bis zum 2. Betriebsferien und sind danach wieder für euch da.", "Stimmt für uns ab beim Wettbewerb der Backstuben, es dauert eine Minute.", "Eine kurze Umfrage zu unserem Service: https://forms.example/q77", "Ab dem nächsten Ersten müssen wir unsere Preise leicht anheben.", "https://atelierlux.example/winter-lookbook"],
    "es": ["Buscamos a alguien para la barra, avísanos si conoces a alguien.", "Guarda por favor nuestro nuevo teléfono, el antiguo dejará de funcionar.", "Cerramos del 23 al 2, nos vemos el año que viene.", "Vota por nosotros en el premio de panaderías, es un minuto.", "Una encuesta corta sobre nuestro servicio: https://forms.example/q77", "A partir del mes que viene suben un poco nuestros precios."],
    "it": ["Cerchiamo una persona per il banco, se conosci qualcuno faccelo sapere.", "Salva il nostro nuovo numero, il vecchio tra poco non funziona.", "Siamo chiusi dal 23 al 2, ci rivediamo l'anno nuovo.", "Vota per noi al premio dei forni, ci vuole un minuto.", "Dal mese prossimo i nostri prezzi salgono un po'."],
    "pl": ["Szukamy osoby do pracy za ladą, dajcie znać, jeśli kogoś znacie.", "Zapiszcie proszę nasz nowy numer, stary wkrótce przestanie działać.", "Mamy przerwę od 23 do 2, widzimy się w nowym roku.", "Zagłosujcie na nas w konkursie piekarni, to tylko minuta.", "Od przyszłego miesiąca nasze ceny trochę wzrosną."],
    "tr": ["Tezgâh için çalışma arkadaşı arıyoruz, tanıdığınız varsa haber verin.", "Lütfen yeni numaramızı kaydedin, eskisi yakında kapanıyor.", "23 ile 2 arasında kapalıyız, yeni yılda görüşmek üzere.", "Fırıncılar yarışmasında bize oy verin, bir dakika sürer.", "Gelecek aydan itibaren fiyatlarımız biraz artıyor."],
    "ar": ["نبحث عن موظف للمحل، أخبرونا إن كنتم تعرفون أحدا.", "احفظوا رقمنا الجديد، الرقم القديم سيتوقف قريبا.", "المحل مغلق من 23 إلى 2، نلتقي في العام القادم.", "صوتوا لنا في مسابقة المخابز، لن يأخذ ذلك سوى دقيقة."],
    "nl": ["We zoeken iemand voor achter de toonbank, laat het weten als je iemand kent.", "Sla ons nieuwe nummer op, het oude werkt binnenkort niet meer.", "We zijn dicht van 23 tot 2, tot volgend jaar.", "Stem op ons bij de bakkersprijs, het kost een minuutje."],
    "fr": ["Nous cherchons quelqu'un pour le comptoir, parlez-en autour de vous.", "Enregistrez notre nouveau numéro, l'ancien ne marchera bientôt plus.", "Nous sommes fermés du 23 au 2, à l'année prochaine.", "Votez pour nous au prix des boulangers, cela prend une minute."],
    "pt": ["Procuramos alguém para o balcão, se conhecer alguém nos diga.", "Guarde o nosso novo número, o antigo deixa de funcionar em breve.", "Estamos fechados de 23 a 2, até o ano que vem.", "Vote em nós no prêmio das padarias, leva um minuto."],
}
DRIVER = {"en": "Our driver will be with you around {t}.", "de": "Unser Fahrer ist gegen {t} Uhr bei Ihnen.", "es": "Nuestro repartidor llega sobre las {t}.", "it": "Il corriere arriva da voi verso le {t}.", "pl": "Kierowca będzie u państwa około {t}.", "tr": "Sürücümüz {t} gibi sizde olur.", "ar": "السائق عندكم حوالي الساعة {t}.", "fr": "Notre livreur passe vers {t}.", "pt": "O entregador chega por volta das {t}.", "nl": "De chauffeur is rond {t} bij u."}
INVOICE = {"en": "Here is your invoice, please transfer within 14 days.", "de": "Anbei die Rechnung, zahlbar in 14 Tagen.", "es": "Adjuntamos la factura, a pagar en 14 días.", "it": "In allegato la fattura, da saldare entro 14 giorni.", "pl": "W załączeniu faktura, płatna w 14 dni.", "tr": "Faturanız ektedir, 14 gün içinde ödenebilir.", "ar": "مرفق الفاتورة، الدفع خلال 14 يوما.", "fr": "Ci-joint la facture, payable sous 14 jours.", "pt": "Segue a fatura, a pagar em 14 dias.", "nl": "Bijgaand de factuur, te betalen binnen 14 dagen."}
QUOTE = {"en": ("Can you make me a shelf for the hallway?", "Gladly! Would oak be fine for you?", "Have you had a moment to think about the wood?"), "de": ("Könnt ihr mir ein Regal für den Flur bauen?", "Sehr gern! Wäre Eiche in Ordnung?", "Hatten Sie schon Zeit, über das Holz nachzudenken?"), "es": ("¿Me podéis hacer una estantería para el pasillo?", "¡Con gusto! ¿Le parece bien en roble?", "¿Ha podido pensar en la madera?"), "it": ("Mi fate uno scaffale per il corridoio?", "Volentieri! Va bene in rovere?", "Ha potuto pensare al legno?"), "pl": ("Zrobicie mi regał do przedpokoju?", "Chętnie! Czy dąb będzie dobry?", "Czy miał pan chwilę, żeby pomyśleć o drewnie?"), "tr": ("Koridor için bir raf yapar mısınız?", "Seve seve! Meşe olur mu?", "Ahşabı düşünmeye vaktiniz oldu mu?"), "fr": ("Pouvez-vous me faire une étagère pour le couloir ?", "Volontiers ! Du chêne vous irait ?", "Avez-vous pu réfléchir au bois ?"), "nl": ("Kunnen jullie een kast voor de gang maken?", "Graag! Is eiken goed?", "Heeft u al over het hout kunnen nadenken?"), "pt": ("Podem fazer uma estante para o corredor?", "Com prazer! Pode ser carvalho?", "Conseguiu pensar na madeira?"), "ar": ("هل تصنعون لي رفا للممر؟", "بكل سرور! هل يناسبك خشب البلوط؟", "هل فكرت في الخشب؟")}
ILL = {"en": "I am sorry, I am ill and have to cancel your lesson today. Shall we find another day?", "de": "Es tut mir leid, ich bin krank und muss Ihre Stunde heute absagen. Finden wir einen neuen Termin?", "es": "Lo siento, estoy enferma y tengo que cancelar tu clase de hoy. ¿Buscamos otro día?", "fr": "Désolée, je suis malade et je dois annuler votre cours d'aujourd'hui. On trouve une autre date ?"}
TURNS = {"en": [("Hi, can I order two lemon tarts?", "Sure, for which day?"), ("For Friday please", "Noted. That makes 24 pounds, delivery is free."), ("Great, my address is 3 Mill Road", "Thanks, see you on Friday!")], "de": [("Hallo, kann ich zwei Zitronentartes bestellen?", "Klar, für welchen Tag?"), ("Für Freitag bitte", "Notiert. Das macht 24 Euro, die Lieferung ist gratis."), ("Super, meine Adresse ist Mühlweg 3", "Danke, bis Freitag!")], "es": [("Hola, ¿puedo encargar dos tartas de limón?", "Claro, ¿para qué día?"), ("Para el viernes, por favor", "Anotado. Son 24 euros, el reparto es gratis."), ("Genial, vivo en Molino 3", "¡Gracias, hasta el viernes!")], "tr": [("Merhaba, iki limonlu tart sipariş edebilir miyim?", "Tabii, hangi gün için?"), ("Cuma için lütfen", "Not aldım. 240 TL, teslimat ücretsiz."), ("Harika, adresim Değirmen 3", "Teşekkürler, cuma görüşürüz!")]}
PAIRS = {"en": ("Do you have the blue tiles in stock?", "They come on Tuesday, I'll send you a picture then.", "Look, here they are!"), "de": ("Habt ihr die blauen Fliesen da?", "Die kommen Dienstag, dann schicke ich Ihnen ein Bild.", "Schauen Sie, da sind sie!"), "it": ("Avete le piastrelle blu?", "Arrivano martedì, poi le mando una foto.", "Ecco, sono queste!"), "pl": ("Macie niebieskie płytki?", "Będą we wtorek, wtedy wyślę zdjęcie.", "Proszę zobaczyć, oto one!")}

for lang, texts in NEWS.items():
    for text in texts:
        s = Story("second_news", "blast", lang)
        for n in range(1, 13):
            key = s.person(R.uniform(0.5, 20))
            s.wait(60, 900)
            s.says(key, own.greet(s, key, text) if not text.startswith("http") else text, ordinal=n, by=R.choice(["ada", "bo"]))
        s.end()
    s = Story("second_one_link", "blast", lang)
    for n in range(1, 13):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 900)
        s.says(key, R.choice(own.LANGS[lang]["soft"]).split(",")[0] + " https://atelierlux.example/winter", ordinal=n)
    s.end()
    s = Story("second_menu_pdf", "blast", lang)
    for n in range(1, 13):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 900)
        s.says(key, "", ordinal=n, media=dict(type="document", name="menu.pdf", sha="menu"))
    s.end()
for lang, text in DRIVER.items():
    s = Story("second_driver", "legit", lang)
    for n in range(14):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 400)
        s.says(key, text.format(t="%d:%02d" % (9 + n % 8, 10 * (n % 6))))
    s.end()
for lang, text in INVOICE.items():
    s = Story("second_invoices", "legit", lang)
    for n in range(14):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 400)
        s.says(key, text, media=dict(type="document", name="r%d.pdf" % n, sha="r%d" % n))
    s.end()
for lang, (asked, back, nudge) in QUOTE.items():
    s = Story("second_reminders", "legit", lang)
    keys = [s.person(R.choice([None, R.uniform(30, 900)])) for _ in range(12)]
    for key in keys:
        s.wait(60, 400)
        s.hears(key, asked)
        s.wait(20, 90)
        s.says(key, back)
    s.wait(12000, 20000)
    for key in keys:
        s.wait(30, 90)
        s.says(key, nudge)
    s.end()
for lang, text in ILL.items():
    s = Story("second_ill", "legit", lang)
    for _ in range(7):
        key = s.person(R.uniform(0.5, 20))
        s.wait(30, 90)
        s.says(key, text)
    s.end()
for lang, turns in TURNS.items():
    s = Story("second_orders", "legit", lang)
    for _ in range(12):
        key = s.person(R.choice([None, R.uniform(30, 900)]))
        for heard, said in turns:
            s.wait(20, 300)
            s.hears(key, heard)
            s.wait(10, 60)
            s.says(key, said)
    s.end()
for lang, (asked, back, later) in PAIRS.items():
    s = Story("second_picture_later", "legit", lang)
    keys = [s.person(R.choice([None, R.uniform(30, 900)])) for _ in range(9)]
    for key in keys:
        s.wait(60, 400)
        s.hears(key, asked)
        s.wait(20, 90)
        s.says(key, back)
    s.wait(12000, 20000)
    for key in keys:
        s.wait(30, 90)
        s.says(key, later, media=dict(type="image", name="f.jpg", sha="tiles"))
    s.end()
for story in own.OUT:
    story["id"] = story["id"].replace("own", "second")
    print(json.dumps(story, ensure_ascii=False, separators=(",", ":")))

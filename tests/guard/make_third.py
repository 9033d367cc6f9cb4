#!/usr/bin/env python3
"""A third set, written after the word lists and not used to change them: adverts that are all worded differently, and
promises kept in other words. `make_third.py > third.jsonl`."""
import json
import random

import make_own as own

R = random.Random(13)
own.OUT.clear()
Story = own.Story
ADS = {
    "en": ["Winter tyres now 30% cheaper, book your slot before the first frost!", "Two coffees for the price of one all week, bring someone along!", "Our big clear-out starts on Friday: everything must go, up to half off.", "Sign up today and get your first month free.", "Just in: reading lamps at a special price, only 29 pounds each!", "Christmas hampers are on offer until Thursday, hurry while they last."],
    "de": ["Winterreifen jetzt 30 % günstiger, sichern Sie sich Ihren Platz vor dem Frost!", "Zwei Kaffee zum Preis von einem, die ganze Woche, bringt jemanden mit, nur diese Woche!", "Am Freitag startet unser großer Räumungsverkauf: alles muss raus, bis zu 50 % Rabatt.", "Heute anmelden und der erste Monat ist gratis, nur heute!", "Neu: Leselampen zum Sonderpreis, nur 29 Euro!", "Präsentkörbe im Angebot bis Donnerstag, solange der Vorrat reicht."],
    "es": ["Neumáticos de invierno con 30 % de descuento, ¡reserva ya tu plaza!", "Dos cafés por el precio de uno toda la semana, ¡trae a alguien y aprovecha la oferta!", "El viernes empieza la gran liquidación: hasta 50 % de descuento.", "Apúntate hoy y el primer mes te sale gratis.", "Lámparas de lectura a precio especial, ¡solo 29 euros!", "Cestas de Navidad en oferta hasta el jueves, últimas unidades."],
    "pt": ["Pneus de inverno com 30% de desconto, garanta já a sua vaga!", "Dois cafés pelo preço de um a semana toda, aproveite a promoção!", "Sexta começa a grande liquidação: até 50% de desconto.", "Inscreva-se hoje e o primeiro mês é grátis.", "Luminárias com preço especial, apenas 29 reais!", "Cestas de Natal em oferta até quinta, últimas unidades."],
    "it": ["Gomme invernali scontate del 30%, prenota subito il tuo posto!", "Due caffè al prezzo di uno tutta la settimana, approfittane, offerta valida fino a sabato!", "Venerdì parte la grande svendita: sconti fino al 50%.", "Iscriviti oggi e il primo mese è gratis.", "Lampade da lettura a prezzo speciale, solo 29 euro!", "Cesti di Natale in offerta fino a giovedì, ultimi pezzi."],
    "fr": ["Pneus hiver à -30 %, réservez vite votre créneau !", "Deux cafés pour le prix d'un toute la semaine, profitez de l'offre !", "Vendredi commence le grand déstockage : jusqu'à -50 % sur tout.", "Inscrivez-vous aujourd'hui et le premier mois est offert.", "Lampes de lecture à prix spécial, seulement 29 euros !", "Paniers de Noël en promotion jusqu'à jeudi, dernières pièces."],
    "tr": ["Kış lastiklerinde %30 indirim, hemen rezervasyon yaptırın!", "Bütün hafta iki kahve bir kahve fiyatına, fırsatı kaçırmayın!", "Cuma günü büyük kampanya başlıyor: %50'ye varan indirim.", "Bugün kaydolun, ilk ay bedava, şimdi kaydolun.", "Okuma lambaları özel fiyata, sadece 29 TL!", "Yılbaşı sepetleri indirimde, stoklarla sınırlı."],
    "nl": ["Winterbanden nu met 30% korting, boek snel je plek!", "Twee koffie voor de prijs van één, de hele week, profiteer van deze actie!", "Vrijdag begint de grote opruiming: tot 50% korting.", "Schrijf je nu in en de eerste maand is gratis.", "Leeslampen voor een actieprijs, slechts 29 euro!", "Kerstpakketten in de aanbieding tot donderdag, op is op."],
    "pl": ["Opony zimowe 30% taniej, zarezerwuj miejsce przed mrozem!", "Dwie kawy w cenie jednej przez cały tydzień, skorzystaj z promocji!", "W piątek rusza wielka wyprzedaż: rabaty do 50%.", "Zapisz się dziś, pierwszy miesiąc gratis.", "Lampki do czytania w specjalnej cenie, tylko 29 zł!", "Kosze świąteczne w promocji do czwartku, ostatnie sztuki."],
    "ar": ["اطارات الشتاء بخصم 30%، احجز مكانك الان!", "فنجانان بسعر واحد طوال الاسبوع، لا تفوتوا العرض!", "يوم الجمعة تبدأ التصفية الكبرى: خصومات حتى 50%.", "سجل اليوم واحصل على الشهر الاول مجانا.", "مصابيح للقراءة بسعر خاص، فقط 29 ريال!", "سلال الاعياد في عرض حتى الخميس، الكمية محدودة."],
}
KEPT = {
    "en": ("Could you find out if the blue sofa fits my room?", "I'll measure it this afternoon and let you know.", "It does, with ten centimetres to spare."),
    "de": ("Können Sie herausfinden, ob das blaue Sofa in mein Zimmer passt?", "Ich messe es heute Nachmittag aus und melde mich.", "Es geht, zehn Zentimeter bleiben sogar übrig."),
    "es": ("¿Puedes averiguar si el sofá azul cabe en mi sala?", "Esta tarde lo mido y te digo.", "Sí que entra, sobran diez centímetros."),
    "pt": ("Consegue ver se o sofá azul cabe na minha sala?", "Vou medir à tarde e digo alguma coisa.", "Dá sim, sobram dez centímetros."),
    "it": ("Può capire se il divano blu entra nella mia stanza?", "Lo misuro nel pomeriggio e le faccio sapere.", "Ci sta, avanzano dieci centimetri."),
    "fr": ("Pouvez-vous voir si le canapé bleu passe dans ma chambre ?", "Je mesure cet après-midi et je vous dis.", "Ça passe, il reste dix centimètres."),
    "tr": ("Mavi kanepe odama sığar mı, bakabilir misiniz?", "Öğleden sonra ölçüp size haber veririm.", "Sığıyor, on santim bile kalıyor."),
    "nl": ("Kunt u nagaan of de blauwe bank in mijn kamer past?", "Ik meet hem vanmiddag op en laat het u weten.", "Het gaat, er blijft tien centimeter over."),
    "pl": ("Czy może pan sprawdzić, czy niebieska sofa zmieści się w pokoju?", "Zmierzę po południu i dam znać.", "Wejdzie, zostaje dziesięć centymetrów."),
    "ar": ("هل يمكنك معرفة ان كانت الاريكة الزرقاء تناسب غرفتي؟", "سأقيسها بعد الظهر وسأخبرك.", "نعم تدخل ويبقى عشرة سنتيمترات."),
}
for lang, texts in ADS.items():
    s = Story("third_all_different", "blast", lang)
    for n in range(1, 14):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 1500)
        s.says(key, texts[n % len(texts)], ordinal=n, by=R.choice(["ada", "bo"]))
    s.end()
    asked, back, later = KEPT[lang]
    s = Story("third_kept", "legit", lang)
    keys = [s.person(R.choice([None, R.uniform(30, 900)])) for _ in range(11)]
    for key in keys:
        s.wait(60, 400)
        s.hears(key, asked)
        s.wait(20, 90)
        s.says(key, back)
    s.wait(9000, 20000)
    for key in keys:
        s.wait(30, 90)
        s.says(key, later)
    s.end()
    s = Story("third_day", "legit", lang)
    words = own.LANGS[lang]
    for n in range(40):
        key = s.person(R.choice([None, R.uniform(30, 900)]))
        s.wait(60, 900)
        heard, said = R.choice([words["hours"], words["price"], words["wait"], KEPT[lang][:2]])
        s.hears(key, heard)
        s.wait(10, 200)
        s.says(key, said, by=R.choice(["ada", "bo"]))
        if n % 2:
            s.wait(10, 200)
            s.hears(key, words["thanks"])
            s.wait(10, 4000)
            s.says(key, words["ack"])
        if n % 7 == 0:
            s.wait(10, 60)
            s.says(s.person(R.uniform(0.5, 20)), words["appt"].format(t="%d:00" % (8 + n % 9)))
    s.end()
for n in range(3):
    s = Story("third_all_languages", "blast", "en")
    langs = list(ADS)
    R.shuffle(langs)
    s.s["langs"] = langs
    for m in range(1, 14):
        key = s.person(R.uniform(0.5, 20))
        s.wait(60, 1500)
        s.says(key, ADS[langs[m % len(langs)]][(n + m) % 6], ordinal=m)
    s.end()
for story in own.OUT:
    story["id"] = story["id"].replace("own", "third")
    print(json.dumps(story, ensure_ascii=False, separators=(",", ":")))

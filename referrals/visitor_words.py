"""What a visitor reads of a referral, in twelve languages: the card, and the text on consent."""

from dataclasses import dataclass

from people.models import Language
from places.languages import VisitorLanguage, language_of


@dataclass(frozen=True)
class VisitorWords:
    """`consent` are five short lines; {partner} stands for the partner's name."""

    code: Language
    card: str
    where: str
    when: str
    bring: str
    ask_for: str
    phone: str
    by_appointment: str
    consent_title: str
    consent: tuple[str, str, str, str, str]
    signature: str

    @property
    def language(self) -> VisitorLanguage:
        return language_of(self.code)

    def lines(self, partner: str) -> tuple[str, ...]:
        return tuple(line.format(partner=partner) for line in self.consent)


_ALL = (
    VisitorWords(
        Language.DUTCH,
        card="Hier kan je terecht",
        where="Waar",
        when="Wanneer",
        bring="Breng mee",
        ask_for="Vraag naar",
        phone="Telefoon",
        by_appointment="Maak eerst een afspraak.",
        consent_title="Mogen we je gegevens doorgeven?",
        consent=(
            "We vragen {partner} om je te helpen.",
            "Daarvoor zeggen we je naam, en alleen wat jij kiest: je telefoon, je taal, waarover het gaat.",
            "{partner} gebruikt dat om je te helpen, en voor niets anders.",
            "Je mag neen zeggen. Dan krijg je het adres en ga je zelf.",
            "Je mag altijd stoppen. Zeg het aan ons, dan ziet {partner} niets meer.",
        ),
        signature="Naam en handtekening",
    ),
    VisitorWords(
        Language.FRENCH,
        card="Vous pouvez aller ici",
        where="Où",
        when="Quand",
        bring="À apporter",
        ask_for="Demandez",
        phone="Téléphone",
        by_appointment="Prenez d'abord rendez-vous.",
        consent_title="Pouvons-nous transmettre vos données ?",
        consent=(
            "Nous demandons à {partner} de vous aider.",
            "Pour cela, nous donnons votre nom, et seulement ce que vous choisissez : votre téléphone, votre langue, le sujet.",
            "{partner} s'en sert pour vous aider, et pour rien d'autre.",
            "Vous pouvez dire non. Alors nous vous donnons l'adresse et vous y allez vous-même.",
            "Vous pouvez toujours arrêter. Dites-le-nous, et {partner} ne voit plus rien.",
        ),
        signature="Nom et signature",
    ),
    VisitorWords(
        Language.ENGLISH,
        card="You can go here",
        where="Where",
        when="When",
        bring="Please bring",
        ask_for="Ask for",
        phone="Phone",
        by_appointment="Make an appointment first.",
        consent_title="May we pass on your details?",
        consent=(
            "We ask {partner} to help you.",
            "For that we tell them your name, and only what you choose: your phone, your language, what it is about.",
            "{partner} uses this to help you, and for nothing else.",
            "You can say no. Then we give you the address and you go yourself.",
            "You can stop at any time. Tell us, and {partner} no longer sees anything.",
        ),
        signature="Name and signature",
    ),
    VisitorWords(
        Language.ARABIC,
        card="يمكنك الذهاب إلى هنا",
        where="أين",
        when="متى",
        bring="أحضر معك",
        ask_for="اسأل عن",
        phone="الهاتف",
        by_appointment="خذ موعدًا أولًا.",
        consent_title="هل يمكننا إعطاء بياناتك؟",
        consent=(
            "نطلب من {partner} أن يساعدك.",
            "لذلك نعطي اسمك، وفقط ما تختاره أنت: هاتفك، لغتك، وموضوع السؤال.",
            "يستعمل {partner} ذلك لمساعدتك فقط، وليس لأي شيء آخر.",
            "يمكنك أن تقول لا. عندها نعطيك العنوان وتذهب بنفسك.",
            "يمكنك التوقف في أي وقت. قل لنا ذلك، فلا يرى {partner} شيئًا بعد ذلك.",
        ),
        signature="الاسم والتوقيع",
    ),
    VisitorWords(
        Language.TURKISH,
        card="Buraya gidebilirsiniz",
        where="Nerede",
        when="Ne zaman",
        bring="Yanınızda getirin",
        ask_for="Şu kişiyi sorun",
        phone="Telefon",
        by_appointment="Önce randevu alın.",
        consent_title="Bilgilerinizi iletebilir miyiz?",
        consent=(
            "{partner} size yardım etsin diye soruyoruz.",
            "Bunun için adınızı ve yalnızca sizin seçtiğinizi söyleriz: telefonunuz, diliniz, konu.",
            "{partner} bunu size yardım etmek için kullanır, başka bir şey için değil.",
            "Hayır diyebilirsiniz. O zaman adresi veririz, kendiniz gidersiniz.",
            "İstediğiniz zaman vazgeçebilirsiniz. Bize söyleyin, {partner} artık hiçbir şey görmez.",
        ),
        signature="Ad ve imza",
    ),
    VisitorWords(
        Language.ROMANIAN,
        card="Puteți merge aici",
        where="Unde",
        when="Când",
        bring="Aduceți",
        ask_for="Întrebați de",
        phone="Telefon",
        by_appointment="Faceți mai întâi o programare.",
        consent_title="Putem transmite datele dumneavoastră?",
        consent=(
            "Rugăm {partner} să vă ajute.",
            "Pentru asta spunem numele dumneavoastră și doar ce alegeți: telefonul, limba, despre ce este vorba.",
            "{partner} le folosește ca să vă ajute și pentru nimic altceva.",
            "Puteți spune nu. Atunci vă dăm adresa și mergeți singur.",
            "Puteți opri oricând. Spuneți-ne, iar {partner} nu mai vede nimic.",
        ),
        signature="Nume și semnătură",
    ),
    VisitorWords(
        Language.POLISH,
        card="Tutaj otrzymasz pomoc",
        where="Gdzie",
        when="Kiedy",
        bring="Proszę przynieść",
        ask_for="Proszę pytać o",
        phone="Telefon",
        by_appointment="Najpierw umów się na spotkanie.",
        consent_title="Czy możemy przekazać Twoje dane?",
        consent=(
            "Prosimy {partner} o pomoc dla Ciebie.",
            "W tym celu podajemy Twoje imię i nazwisko oraz tylko to, co wybierzesz: telefon, język, temat.",
            "{partner} używa tego, aby Ci pomóc, i do niczego innego.",
            "Możesz powiedzieć nie. Wtedy damy Ci adres i pójdziesz sam lub sama.",
            "Możesz zawsze to cofnąć. Powiedz nam, a {partner} nic już nie zobaczy.",
        ),
        signature="Imię, nazwisko i podpis",
    ),
    VisitorWords(
        Language.UKRAINIAN,
        card="Сюди ви можете звернутися",
        where="Де",
        when="Коли",
        bring="Візьміть із собою",
        ask_for="Запитайте",
        phone="Телефон",
        by_appointment="Спочатку домовтеся про зустріч.",
        consent_title="Чи можемо ми передати ваші дані?",
        consent=(
            "Ми просимо {partner} вам допомогти.",
            "Для цього ми називаємо ваше ім'я і лише те, що ви оберете: телефон, мову, про що йдеться.",
            "{partner} використовує це, щоб вам допомогти, і ні для чого іншого.",
            "Ви можете сказати «ні». Тоді ми дамо адресу, і ви підете самі.",
            "Ви завжди можете припинити. Скажіть нам, і {partner} більше нічого не побачить.",
        ),
        signature="Ім'я та підпис",
    ),
    VisitorWords(
        Language.RUSSIAN,
        card="Сюда вы можете обратиться",
        where="Где",
        when="Когда",
        bring="Возьмите с собой",
        ask_for="Спросите",
        phone="Телефон",
        by_appointment="Сначала договоритесь о встрече.",
        consent_title="Можем ли мы передать ваши данные?",
        consent=(
            "Мы просим {partner} вам помочь.",
            "Для этого мы называем ваше имя и только то, что вы выберете: телефон, язык, о чём идёт речь.",
            "{partner} использует это, чтобы вам помочь, и ни для чего другого.",
            "Вы можете сказать «нет». Тогда мы дадим адрес, и вы пойдёте сами.",
            "Вы всегда можете прекратить. Скажите нам, и {partner} больше ничего не увидит.",
        ),
        signature="Имя и подпись",
    ),
    VisitorWords(
        Language.SPANISH,
        card="Puede ir aquí",
        where="Dónde",
        when="Cuándo",
        bring="Traiga",
        ask_for="Pregunte por",
        phone="Teléfono",
        by_appointment="Pida cita primero.",
        consent_title="¿Podemos pasar sus datos?",
        consent=(
            "Pedimos a {partner} que le ayude.",
            "Para eso decimos su nombre, y solo lo que usted elija: su teléfono, su idioma, de qué se trata.",
            "{partner} lo usa para ayudarle, y para nada más.",
            "Puede decir que no. Entonces le damos la dirección y va usted por su cuenta.",
            "Puede parar siempre. Díganoslo, y {partner} ya no ve nada.",
        ),
        signature="Nombre y firma",
    ),
    VisitorWords(
        Language.PERSIAN,
        card="می‌توانید به اینجا بروید",
        where="کجا",
        when="چه وقت",
        bring="با خود بیاورید",
        ask_for="سراغ این شخص را بگیرید",
        phone="تلفن",
        by_appointment="اول وقت بگیرید.",
        consent_title="آیا می‌توانیم اطلاعات شما را بدهیم؟",
        consent=(
            "از {partner} می‌خواهیم به شما کمک کند.",
            "برای این کار نام شما را می‌گوییم، و فقط آنچه خودتان انتخاب می‌کنید: تلفن، زبان، موضوع.",
            "{partner} از آن برای کمک به شما استفاده می‌کند، نه برای چیز دیگر.",
            "می‌توانید نه بگویید. آن وقت نشانی را می‌دهیم و خودتان می‌روید.",
            "همیشه می‌توانید پس بگیرید. به ما بگویید، آن وقت {partner} دیگر چیزی نمی‌بیند.",
        ),
        signature="نام و امضا",
    ),
    VisitorWords(
        Language.TIGRINYA,
        card="ናብዚ ክትከዱ ትኽእሉ",
        where="ኣበይ",
        when="መዓስ",
        bring="ሒዝኩም ምጹ",
        ask_for="ንዚ ሕተቱ",
        phone="ተሌፎን",
        by_appointment="መጀመርታ ቆጸራ ሓዙ።",
        consent_title="ሓበሬታኹም ክንህብ ንኽእል ዶ?",
        consent=(
            "{partner} ክሕግዘኩም ንሓትት።",
            "ንዚ ስምኩም ንነግር፣ ከምኡውን ንስኹም እትመርጽዎ ጥራይ፦ ተሌፎን፣ ቋንቋ፣ ብዛዕባ እንታይ ምዃኑ።",
            "{partner} ነዚ ንሓገዝኩም ጥራይ ይጥቀመሉ።",
            "ኣይፋል ክትብሉ ትኽእሉ። ሽዑ ኣድራሻ ንህበኩም፣ ባዕልኹም ትኸዱ።",
            "ኩሉ ግዜ ከተቋርጹ ትኽእሉ። ንገሩና፣ ሽዑ {partner} ድሕሪ ደጊም ዋላ ሓንቲ ኣይርእን።",
        ),
        signature="ስምን ፊርማን",
    ),
)

#: By the code of the language, in the order of the list that visitors choose from.
VISITOR_WORDS: dict[str, VisitorWords] = {words.code.value: words for words in _ALL}


def words_in(*wanted: str) -> VisitorWords:
    """In the first of these languages that there is; else Dutch."""
    code = next((one for one in wanted if one in VISITOR_WORDS), Language.DUTCH.value)
    return VISITOR_WORDS[code]

"""Invented people for the benchmark books: Flemish names by weight, one in ten from elsewhere.

Nobody here exists. A handful of surnames is very common and most are rare, as in a real Flemish
book: that spread, and not the number of rows, decides what a search costs.
"""

import random
from collections.abc import Iterator
from itertools import accumulate


def _words(block: str) -> list[str]:
    """The names in a block of text; "_" stands for a space inside a name."""
    return [word.replace("_", " ") for word in block.split()]


COMMON_SURNAMES = _words(
    """
    Peeters Janssens Maes Jacobs Willems Mertens Claes Goossens Wouters De_Smet Dubois Lambert
    Hermans Pauwels Aerts Michiels Hendrickx Van_den_Broeck Martens De_Backer De_Clercq Smets
    Desmet Janssen Claeys Verhoeven Segers Lemmens Stevens De_Vos Van_Damme Cools Vermeulen
    Verstraeten Thys Wauters Timmermans Leclercq Coppens Desmedt De_Cock Baert Bogaert Verlinden
    Bosmans Dhondt D'Hondt Verbeke Vandenberghe Van_den_Berghe Declercq Van_de_Velde Vandevelde
    Simons Nys Smeets Geerts Moens De_Meyer Lauwers Verhaegen Verhaeghe Torfs Vos De_Wilde Thijs
    Bauwens Van_Hove Cornelis Christiaens Vercammen Somers Sels Van_Dyck Van_Dijck
    Van_den_Bossche Carlier Dierckx Dirkx Ceulemans Van_Looy Van_Loon Wuyts Nuyts Geudens
    Brosens Jespers Bastiaensen Elst Van_der_Auwera Van_Gestel Vorsselmans Konings Koninckx
    Mathijssen Matthyssen Francken Vrints Meeusen Vermeiren Vermeersch Verschueren Verbruggen
    Vandenbroucke Huybrechts Huysmans Denissen Deckers Eelen Bogaerts Raes Roelants Adriaensen
    Adriaenssens Vanhoof Van_Hoof Helsen Sterckx Ooms Daems Daemen Beyers Beirens Van_Camp
    Van_Campenhout Kerstens Van_Tichelt Van_Hasselt De_Bruyn De_Bruyne Debruyne De_Ridder
    De_Schepper De_Keyser Dekeyser De_Wachter Gijsbrechts Gysels Heylen Heylaerts Hoefkens
    Hofmans Jochems Kuypers Cuypers Luyten Luyckx Maas Maris Meersman Nagels Neels Nelen
    Oostvogels Pelckmans Peetermans Quirynen Rombouts Schrauwen Schrijvers Sneyers Stoffels
    Suykerbuyk Tilborghs Uytdewilligen Van_Aert Van_Bavel Van_Beeck Van_den_Bergh
    Van_Eyck Van_Ginderen Van_Herck Van_Loock Van_Meel Van_Nueten Van_Oevelen Van_Peer Van_Rooy
    Van_Wesenbeeck Verdyck Verheyen Vermant Vissers Vriens Wens Wildiers Wirix Ysebaert
    Huygens D'hoore D'Hooghe Naert Seghers Ghys Gheysens Ghekiere Callewaert
    Cauwenbergh Craeybeckx Crauwels Cleiren Clerckx Joosten Joossens Joris
    """
)
TAIL_STARTS = _words(
    """
    Aar Ab Al Am An Ar As Baer Bal Bar Beek Beer Ber Bier Blom Boel Bol Bon Bos Braek Bran Brug
    Buys Cal Cas Ceul Con Cop Cor Cra Cuy Dael Dam Dar Dee Der Dierc Don Dre Dries Duy Ee El En
    Er Es Eyl Fier Fran Gae Gee Ger Ghij Gil Goe Gor Goy Gra Groe Ha Hae Hee Hel Hens Her Heur
    Hey Hil Hoe Hol Hoog Hor Huy IJ In Jaes Jan Jor Kem Ker Kes Ket Kim Koe Kor Krae Lae Lam Lau
    Lee Lem Len Lie Lin Lo Loo Luy Mae Mal Mar Mee Mel Mer Mey Moe Mol Mon Moy Nae Neer Nie Noor
    Oe Ol Oor Os Paep Paul Pee Pel Pie Ploe Poel Pot Put Quae Rae Ram Reyn Rie Roe Rom Roos Ruy
    Scha Scheer Schoon Schuer Sel Ser Smol Snoe Spae Sta Ste Stoe Swer Taey Tem Ter Tor Trui Uyt
    Vae Ven Ver Vin Vlae Vlie Vre Wae Wal War Wee Wel Wer Wey Wie Wil Win Wit Woe Wou Wuy Ye Zae
    Zeg Zel Zoe
    """
)
TAIL_ENDS = _words(
    """
    aert aerts art beeck beke bergh berghe boom bos bosch braeck brecht brechts broeck brouck
    bruggen burg coster dael daele damme de decker donck donckt dooren eels elen els ens er ers
    eynde ghem gem gers haege haeghe hage hem heyden hof hoven huys huyse inck inckx ing ings
    kens kerck kerckhove lants le leer lens loo lot maecker mans meersch meire ment mers moer
    mont mulder nicks nis ninckx oen ooms oot pels pen poel raedt rens ricx roy ryck schot se
    sel sen sens smans son staele stappen steen straete straeten ten theunis tens tmans velde
    veld vinck voet voort waele walle weert werf winckel wyck zeele
    """
)
PARTICLES = [
    "",
    "",
    "",
    "",
    "",
    "",
    "Van ",
    "Van ",
    "De ",
    "Van de ",
    "Van den ",
    "Van der ",
    "Vande",
    "Vanden",
    "Van",
    "De",
    "D'",
]
FIRST_NAMES = _words(
    """
    Maria Jan Marc Marie Jean Anna Peter Paul Luc Martine Rita Nathalie Kevin Dirk Johan Patrick
    Patricia Ann Els Jozef Jos Jef Frans Louis Karel Marleen Linda Hilde Kristof Tom Bart Wim
    Koen Kris Geert Guy Eddy Eric Erik Danny Rudi Rudy Ronny Willy Walter Gust August Gustaaf
    Leon Leo Hendrik Henri Rik Lieve Lieven Godelieve Greet Griet Margriet Magda Monique Nicole
    Nadine Nancy Sofie Sophie Sarah Sara Laura Lore Lotte Emma Elise Julie Charlotte Louise Noor
    Nora Lien Liesbeth Elisabeth Liesbet Katrien Kathleen Catharina Christine Christiane
    Kristien Kristel Veerle Vera Viviane Yvonne Yvette Simonne Irena Irene Agnes Alice Julia
    Juliette Josephine Josephina Angèle Denise Lutgarde Ludo Ludovic Lode Stef Stefan Steven
    Stijn Sven Tim Thomas Thijs Toon Antoon Anton Antoine Joris Jorn Joost Jeroen Jonas Jonathan
    Jasper Jens Bram Brecht Bert Bernard Benny Ben Benjamin Arne Arno Andreas André Andy Alex
    Alexander Albert Alfons Fons Achiel Camiel Cyriel Daniël Daniel David Davy Dieter Dylan
    Filip Philippe Francine Frank Freddy Frederik Gert Gerda Gilbert Glenn Hans Hugo Ilse Ingrid
    Inge Ine Ineke Jana Jolien Joke Karin Karen Katja Kim Laurens Lea Lucas Luka Lucia Maarten
    Marcel Marijke Mieke Mathias Matthias Mia Michel Michiel Myriam Miriam Nele Nick Nico Niels
    Paula Pieter Piet Raf Rafaël Raymond René Renée Robert Robin Roel Roger Roland Ruben Sabine
    Sandra Sandy Senne Seppe Silvia Sylvia Simon Siska Tamara Tania Tine Valerie Vincent Wannes
    Ward Warre Werner Wendy Wout Wouter Xavier Yannick Yves Zoë Annemie Annelies Anneleen Annick
    Anita An-Sofie Ann-Marie Anne-Marie Jean-Paul Jean-Pierre Jean-Marie Marie-Louise
    Marie-Claire Jan-Willem Pieter-Jan Anne-Mie Rose-Marie
    """
)
MOROCCAN = (
    """
    Mohamed Mohammed Ahmed Youssef Yousef Rachid Hassan Hussein Omar Ali Karim Khalid Said
    Mustapha Mostafa Abdelkader Abdellah Abderrahman Brahim Ibrahim Ismail Bilal Hamza Ayoub
    Fatima Fatiha Aïcha Khadija Naima Samira Malika Latifa Zineb Zohra Hanane Nadia Nawal Souad
    Rkia Yamina Mohamed_Amine Fatima_Zahra Nour_Eddine
    """,
    """
    El_Amrani El_Idrissi El_Yousfi El_Bakkali El_Mansouri El_Hajji El_Morabit Amrani
    Benali Ben_Ali Bouazza Bouzid Haddad Haddou Azzouzi Chakir Cherkaoui Daoudi
    Boutaleb Bouchta Ouali Ouazzani Tahiri Lahlou Aït_Ali Ait_Taleb Ouchen Belkacem Benhaddou
    Mokhtari Salhi Saïdi Ziani Yahiaoui Abdellaoui Bensalah Bakali Touzani Achahbar Boujemaa
    Mesbahi Kaddouri Essalhi
    """,
)
TURKISH = (
    """
    Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim Osman Yusuf Murat Emre Burak Fatma Ayşe Emine
    Hatice Zeynep Elif Şerife Gülsüm Özlem Çiğdem Yıldız
    """,
    """
    Yılmaz Kaya Demir Şahin Çelik Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan
    Çetin Kara Koç Kurt Özkan Şimşek Polat Güneş Akın Taş Uçar
    """,
)
POLISH = (
    """
    Zbigniew Andrzej Krzysztof Stanisław Tomasz Paweł Marcin Michał Grzegorz Jerzy Małgorzata
    Agnieszka Ewa Katarzyna Elżbieta Krystyna Zofia Jadwiga Joanna Ana-Maria Ionuț Gheorghe
    Vasile Ștefan Mihaela Elena Ioana Cristina Andrei
    """,
    """
    Nowak Kowalski Kowalska Wiśniewski Wójcik Kowalczyk Kamiński Lewandowska Zieliński Szymański
    Woźniak Dąbrowski Kozłowski Mazur Kaczmarek Grabowska Pawłowski Krawczyk Piotrowski Wróbel
    Popescu Ionescu Popa Dumitru Stoica Gheorghiu Rusu Munteanu Ciobanu Radu
    Constantinescu Mureșan
    """,
)
UKRAINIAN = (
    """
    Олександр Сергій Володимир Андрій Микола Іван Василь Юрій Дмитро Олена Наталія Тетяна Ірина
    Оксана Людмила Світлана Катерина Юлія Марія Ганна
    """,
    """
    Шевченко Коваленко Ткаченко Кравченко Олійник Шевчук Поліщук Ковальчук Лисенко
    Мельник Марченко Савченко Руденко Петренко Гончаренко Мороз Кузьменко Дячук Левченко Щербак
    Їжакевич
    """,
)
SYRIAN = (
    """
    محمد أحمد علي عمر يوسف خالد حسن حسين إبراهيم فاطمة مريم ليلى نور هدى سارة رنا Mahmoud Nour
    Bashar Ghassan Rania Lina Samer Tarek Yaman Amal Hiba Abdul_Rahman
    """,
    """
    الأحمد الحسن حداد خطيب Al_Ahmad Al_Hassan Al_Khatib Alhalabi Haddad Darwish Ibrahim Khalil
    Mansour Nasser Othman Qasim Rahal Sabbagh Shami Suleiman Yassin Zaher
    """,
)
ELSEWHERE = (
    """
    Minh Thị_Lan Văn_Hùng Hoa Anh José João María Ana Carlos Mamadou Aminata Fatoumata Ousmane
    Grace Emmanuel Blessing Tesfay Selam Gurpreet Rajesh Farid Zahra Gulalai
    """,
    """
    Nguyễn Trần Lê Phạm Đặng Hoàng Vũ García Fernández da_Silva dos_Santos Pereira Diallo Bah
    Barry Sow Camara Mbeki Okafor Tesfaye Gebremedhin Singh Kumar Ahmadi Rahimi Noori
    """,
)
FOREIGN = [
    (_words(first), _words(last))
    for first, last in (MOROCCAN, MOROCCAN, TURKISH, POLISH, UKRAINIAN, SYRIAN, ELSEWHERE)
]


def _tail_surname(rng: random.Random) -> str:
    name = rng.choice(TAIL_STARTS) + rng.choice(TAIL_ENDS)
    particle = rng.choice(PARTICLES)
    if particle.endswith((" ", "'", "")) and not particle[-1:].isalpha():
        return particle + name
    return particle + name.lower()


def _zipf(count: int, exponent: float) -> list[float]:
    return list(accumulate(1 / (rank + 6) ** exponent for rank in range(count)))


def households(people: int, *, seed: int = 2026) -> Iterator[list[tuple[str, str]]]:
    """Households as lists of (first name, last name), the contact person first."""
    rng = random.Random(seed)
    surname_weights, first_weights = _zipf(len(COMMON_SURNAMES), 0.9), _zipf(len(FIRST_NAMES), 0.6)
    made = 0
    while made < people:
        foreign = rng.random() < 0.10
        firsts, lasts = rng.choice(FOREIGN) if foreign else (FIRST_NAMES, COMMON_SURNAMES)

        def first(firsts: list[str] = firsts, foreign: bool = foreign) -> str:
            if foreign:
                return rng.choice(firsts)
            return rng.choices(firsts, cum_weights=first_weights)[0]

        def last(lasts: list[str] | tuple[str, ...] = lasts, foreign: bool = foreign) -> str:
            if foreign:
                return rng.choice(lasts)
            if rng.random() < 0.55:
                return _tail_surname(rng)
            return rng.choices(lasts, cum_weights=surname_weights)[0]

        family = last()
        size = min(rng.choices([1, 2, 3, 4, 5], [34, 22, 16, 15, 13])[0], people - made)
        # The partner often keeps a name of their own; the children mostly do not.
        yield [(first(), family if i == 0 or rng.random() < 0.6 else last()) for i in range(size)]
        made += size

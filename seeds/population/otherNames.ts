import type { NamePool } from './namePool.ts'

const words = (text: string): readonly string[] => [...new Set(text.split(' '))]

/** Every stem with every ending, the usual endings first. */
const joined = (stems: string, endings: string): readonly string[] =>
  words(endings).flatMap((ending) => words(stems).map((stem) => stem + ending))

export const polish: NamePool = {
  girls: words(
    'Zuzanna Julia Maja Zofia Hanna Lena Alicja Maria Amelia Oliwia Aleksandra Wiktoria Emilia Laura Antonina Natalia Nikola Pola Iga Kornelia Gabriela Milena Małgorzata Katarzyna Agnieszka Barbara Joanna Magdalena Elżbieta Dorota Kinga Weronika Patrycja Martyna Karolina Ewa Anna Jagoda Liliana Helena Michalina Marcelina Blanka Łucja Nadia Róża Kalina Dagmara Sylwia Bożena Grażyna Urszula Izabela Matylda Tola Klara Ada Olga Marta Paulina Aneta Beata Justyna Kamila Monika Renata',
  ),
  boys: words(
    'Antoni Jakub Jan Szymon Aleksander Franciszek Filip Mikołaj Wojciech Adam Kacper Stanisław Marcel Nikodem Wiktor Leon Ignacy Oskar Igor Maksymilian Bartosz Michał Mateusz Kamil Krzysztof Piotr Paweł Tomasz Łukasz Grzegorz Dawid Daniel Dominik Patryk Sebastian Hubert Krystian Rafał Radosław Przemysław Zbigniew Kazimierz Tadeusz Jerzy Józef Bruno Tymon Borys Fabian Gustaw Miłosz Olaf Oliwier Tymoteusz Cezary Błażej Artur Arkadiusz Damian Emil Konrad Marcin Mariusz Norbert Robert',
  ),
  families: [
    ...words(
      'Nowak Wójcik Kowalczyk Mazur Krawczyk Kaczmarek Zając Król Wieczorek Wróbel Stępień Malinowski Dudek Pawlak Sikora Walczak Michalak Szewczyk Baran Pietrzak Duda Bąk Włodarczyk Gajewski Szczepaniak Kubiak Wilk Lis Kucharczyk Kania Mróz Kaczmarczyk Sobczak Głowacki Zięba Kurek Kołodziej Czech Gołąb Żak Błaszczyk Cieślak Adamczyk',
    ),
    ...joined(
      'Wiśniew Kowal Kamiń Lewandow Zieliń Szymań Dąbrow Kozłow Jankow Wojciechow Kwiatkow Piotrow Grabow Nowakow Pawłow Jabłoń Majew Olszew Jawor Rutkow Sokołow Czarnec Sawic Urbań Laskow Zawadz Chmielew Przybyl Ostrow Borow Krajew Kalinow Mazurk Borkow Witkow Górs Rogal Tomaszew Wasilew Bielec Domań Grzybow Kraśnic Leszczyń Mierzejew Orłow Radom Sadow Turow Wysoc',
      'ski ak czyk ewicz ek',
    ),
  ],
  feminine: (family) => family.replace(/(s|c|dz)ki$/, '$1ka'),
}

export const baltic: NamePool = {
  girls: words(
    'Emilija Lukė Liepa Sofija Luknė Gabija Austėja Ugnė Kamilė Urtė Viltė Elena Goda Ieva Rugilė Saulė Miglė Justina Rasa Jurgita Daiva Eglė Aistė Indrė Laima Anete Marta Emīlija Alise Elza Paula Keita Estere Katrīna Kristīne Līga Ilze Inga Dace Zane Evelīna Rūta Agnese Sanita',
  ),
  boys: words(
    'Matas Lukas Benas Jonas Kajus Dominykas Herkus Nojus Jokūbas Adomas Dovydas Domas Tomas Mantas Rokas Paulius Darius Vytautas Gediminas Kęstutis Mindaugas Andrius Saulius Arvydas Roberts Gustavs Olivers Markuss Kārlis Jēkabs Artūrs Emīls Rihards Daniels Ralfs Jānis Andris Juris Mārtiņš Edgars Raivis Valdis Ģirts Aivars',
  ),
  families: joined(
    'Kazl Petr Jank Stank Paul Vasil Žuk Butk Balčiūn Rimk Savick Navick Urbon Ramanausk Kavaliausk Mick Dambr Grig Jonait Kairy Lauk Mažeik Norv Pociū Sabal Tamuli Vaitk Zabiel Bērz Kalniņ Ozol Liepiņ Krūmiņ Eglīt',
    'auskas evičius aitis ūnas ius iņš ons',
  ),
  feminine: (family) =>
    family
      .replace(/auskas$/, 'auskaitė')
      .replace(/evičius$/, 'evičiūtė')
      .replace(/iņš$/, 'iņa')
      .replace(/aitis$/, 'aitytė'),
}

export const romanian: NamePool = {
  girls: words(
    'Maria Sofia Ioana Andreea Elena Antonia Daria Ștefania Alexandra Eva Ana Ilinca Teodora Bianca Raluca Cristina Mihaela Gabriela Roxana Denisa Larisa Alina Simona Mădălina Cătălina Anca Oana Irina Florentina Georgiana Loredana Nicoleta Camelia Crina Delia Iulia Luminița Miruna Otilia Sânziana',
  ),
  boys: words(
    'Andrei David Matei Luca Ștefan Alexandru Mihai Gabriel Ioan Darius Victor Cristian Bogdan Vlad Florin Ionuț Cătălin Marius Adrian Nicolae Gheorghe Constantin Răzvan Radu Sorin Dragoș Cosmin Tudor Petru Costin Dorin Emanuel Flaviu Horia Iacob Laurențiu Narcis Octavian Paul Silviu',
  ),
  families: [
    ...words(
      'Popa Radu Stan Stoica Rusu Munteanu Matei Marin Lazăr Ciobanu Moldovan Tudor Dobre Barbu Nistor Florea Oprea Dinu Toma Neagu Iordache Lupu Preda Chiriac Bucur Șerban Bălan Țurcanu',
    ),
    ...joined(
      'Ion Pop Dumitr Georg Constantin Stef Vasil Petr Marin Iliesc Nicul Diac Rad Mih Andre Cost Brăti Mănes Dănil Lupaș Iacob Cătălin Dobr Enach Filip Ghin Hanc Ignăt Lăcăt Manol Negr Olar Pârv Rotar Săvul Teodor Ungur Zamfir',
      'escu eanu aru oiu',
    ),
  ],
}

export const czechSlovak: NamePool = {
  girls: words(
    'Eliška Tereza Anna Adéla Natálie Sofie Karolína Kristýna Viktorie Barbora Nikola Lucie Kateřina Veronika Zuzana Michaela Markéta Petra Jana Lenka Hana Simona Monika Alžbeta Nela Ema Nina Laura Viktória Sára Ľubica Zdenka Božena Dominika Vendula Šárka Ivana Renáta Klára Apolena',
  ),
  boys: words(
    'Jakub Jan Tomáš Matyáš Adam Filip Vojtěch Lukáš Ondřej Matěj Dominik Daniel Marek Martin Petr Pavel Jiří Josef Václav Zdeněk Miroslav Jaroslav Radek Štěpán Šimon Kryštof Samuel Michal Oliver Matúš Juraj Ľubomír Ján Peter Branislav Rastislav Bohumil Aleš Hynek Otakar',
  ),
  families: [
    ...words(
      'Novák Svoboda Novotný Dvořák Černý Procházka Kučera Veselý Horák Němec Pokorný Marek Pospíšil Hájek Jelínek Král Růžička Beneš Fiala Sedláček Doležal Zeman Kolář Krejčí Navrátil Čermák Vaněk Urban Kovář Kříž Baláž Horváth Kováč Varga Tóth Nagy Molnár Szabó',
    ),
    ...joined(
      'Hlav Koub Vond Štěr Mach Hav Bur Vlč Šim Ziml Jir Mal Pav Rez Soj Tich Bart Ced Drah Kal',
      'áček ek ík ouš ský ička',
    ),
  ],
  feminine: (family) =>
    /[ýí]$/.test(family)
      ? family.replace(/ý$/, 'á')
      : family
          .replace(/(e)?([kc])$/, '$2')
          .replace(/a$/, '')
          .concat('ová'),
}

export const cyrillic: NamePool = {
  girls: words(
    'София Анна Мария Виктория Анастасия Дарья Полина Алиса Ева Елизавета Екатерина Варвара Александра Ксения Арина Василиса Милана Юлия Ольга Наталья Светлана Татьяна Ирина Людмила Надежда Вера Любов Оксана Соломія Злата Маргарита Христина Богдана Йоана Никол Габриела Цветелина Радостина Десислава Евгения Галина Тамара Зоя Диана Ярослава',
  ),
  boys: words(
    'Александр Михаил Максим Артём Дмитрий Иван Матвей Даниил Кирилл Андрей Егор Никита Илья Алексей Роман Владимир Ярослав Сергей Николай Павел Богдан Олександр Тарас Остап Назар Володимир Юрий Георги Димитър Калоян Стоян Петър Красимир Тимофей Фёдор Григорий Вячеслав Евгений Анатолий Виталий Олег Руслан Степан Захар Глеб',
  ),
  families: [
    ...words(
      'Шевченко Коваленко Бондаренко Ткаченко Кравченко Мельник Шевчук Ковальчук Бойко Лысенко Коваль Марченко Савченко Руденко Мороз Гончар Клименко Павленко Гайдук Мазур',
    ),
    ...joined(
      'Иван Петр Сидор Смирн Кузнец Попов Васил Сокол Михайл Новик Фёдор Мороз Волк Алексе Лебед Семён Егор Павл Козл Степан Никол Орл Андре Макар Никит Захар Зайц Соловь Борис Яковл Григор Роман Воробь Серге Кузьм Фрол Александр Дмитри Корол Гус Кисел Ильин Максим Поляк Сорок Виноград Коваль Бел Медвед Антон Тарас Жук Баран Филипп Комар Давыд Беляк Герасим Богдан',
      'ов ев енко ин чук',
    ),
  ],
  feminine: (family) => family.replace(/(ов|ев|ин)$/, '$1а'),
}

export const southAsian: NamePool = {
  girls: words(
    'Aisha Fatima Maryam Zainab Amina Khadija Hafsa Sumaya Zara Inaya Hiba Iqra Sana Mariam Anaya Priya Diya Ananya Saanvi Aarohi Kavya Riya Isha Meera Nisha Pooja Simran Jasleen Harleen Gurleen Manpreet Kiran Navjot Amrit Jasmin Rukhsana Shabnam Nasreen Farzana Shazia Tahira Yasmin Samina Rabia Bushra Humaira Sadia Nadia Lubna Tasnim Nusrat Sharmin Roksana Jannat Anjali Deepika Lakshmi Radhika Sunita Vidya',
  ),
  boys: words(
    'Muhammad Mohammed Ibrahim Yusuf Musa Ali Adam Zakariya Hamza Ayaan Rayyan Yahya Isa Umar Abdullah Hassan Hussain Bilal Zayn Idris Haris Ahmed Imran Usman Tariq Faisal Kamran Nadeem Shahid Arjun Aarav Vihaan Rohan Krish Dev Aryan Ishaan Karan Rahul Sanjay Vijay Harpreet Gurpreet Jaspreet Arjan Jeevan Manveer Sukhdeep Rashid Saif Tanvir Shakil Mizan Rafiq Anwar Kabir Naveed Waqas Zubair Junaid',
  ),
  families: [
    ...words(
      'Khan Ahmed Hussain Ali Begum Patel Singh Kaur Akhtar Iqbal Malik Mahmood Rahman Miah Chowdhury Uddin Islam Shah Sharma Gill Dhillon Sandhu Sidhu Bibi Mirza Qureshi Sheikh Siddiqui Butt Raja Ullah Desai Mistry Joshi Mehta Kapoor Bains Grewal Aslam Ashraf Bashir Chaudhry Dar Farooq Ghafoor Hanif Javed Karim Latif Mahmud Nawaz Parveen Rashid Saleem Tariq Yousaf Zaman Anwar Haque Sultana Khatun Talukdar Sarkar Biswas Gupta Verma Reddy Nair Menon Iyer Pillai Rao Agarwal Bhatt Chopra Dhaliwal Johal Mann Randhawa Sahota Thind Virk Bhatti Gondal Janjua Rathore Khatri Lakhani Modi Nanda Oberoi Puri Sodhi Trivedi Vora Wadhwa Solanki Chauhan Parmar',
    ),
    ...joined(
      'Abdul Fazal Gul Habib Karam Mehr Noor Rahmat Sher Sult Taj Wali Amir Bakht Dost',
      'khan ullah udin zada shah',
    ),
  ],
}

export const arabTurkish: NamePool = {
  girls: words(
    'Zeynep Elif Defne Asel Azra Nehir Ecrin Eylül Miray Ayşe Fatma Emine Hatice Büşra Gülşen Şeyma Tuğba Nour Layla Yasmin Salma Malak Habiba Rana Dina Heba Mona Samira Amal Hanan Rania Ikram Hodan Ifrah Sagal Ayaan Hamdi Najma Sahra Ubah',
  ),
  boys: words(
    'Yusuf Eymen Ömer Mustafa Ahmet Mehmet Emir Kerem Burak Emre Oğuz Çağlar Barış Serkan Hakan Omar Youssef Karim Mahmoud Khaled Tarek Amr Hussein Hamza Mazen Samir Walid Ziad Abdirahman Mohamed Liban Guled Hirsi Warsame Ayanle Bashir Faarax Cabdi Yaasiin Saïd',
  ),
  families: [
    ...words(
      'Yılmaz Kaya Demir Çelik Şahin Yıldız Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Koç Kurt Özkan Şimşek Polat Hassan Ibrahim Mahmoud Said Youssef Abdullah Omar Haddad Khalil Nasser Mansour Saleh Osman Farah Warsame Abdi Jama Elmi Nur Aden Barre Dirie Egal Guleed Hersi Ismail Khoury Najjar Sabbagh Shaheen Tahan Zayed Awad Bakri Darwish Fawzi Ghanem Hamdan Jaber Kassem Maalouf Nassif Qasim Rifai Sayegh Taha Yassin',
    ),
    ...joined(
      'Kara Ak Demir Hacı Kadı Mollam Ali Bekir Çakır Deli Genç İmam Koca Köse Topal Usta Yazıcı',
      'oğlu er soy kaya taş',
    ),
  ],
}

export const portugueseAlbanian: NamePool = {
  girls: words(
    'Leonor Matilde Beatriz Carolina Mariana Ana Inês Margarida Francisca Benedita Madalena Constança Joana Luísa Conceição Graça Catarina Filipa Rita Sofia Amelia Ajla Melisa Klea Sara Eneda Enkeleda Flutura Arta Blerina Dorina Elira Genta Hana Jonida Kaltrina Liridona Mimoza Njomza Teuta',
  ),
  boys: words(
    'Francisco João Tomás Duarte Afonso Martim Rodrigo Miguel Gonçalo Diogo Tiago Nuno Rui Luís José António Simão Vasco Lourenço Bernardo Noel Joel Mateo Ergi Amar Luan Arben Besnik Driton Ilir Agron Fatos Gëzim Kujtim Shpëtim Valon Yll Zef Endrit Florian',
  ),
  families: words(
    'Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins Jesus Sousa Fernandes Gonçalves Gomes Lopes Marques Alves Almeida Ribeiro Pinto Carvalho Teixeira Moreira Correia Mendes Nunes Soares Vieira Monteiro Cardoso Rocha Neves Coelho Cruz Cunha Pires Ramos Reis Simões Antunes Matos Fonseca Machado Araújo Barbosa Tavares Lourenço Castro Figueiredo Azevedo Freitas Hoxha Shehu Prifti Leka Dervishi Bajrami Kola Gjoka Marku Hysa Çela Basha Krasniqi Gashi Berisha Morina Shala Bytyqi Hasani Thaçi Rexhepi Osmani Zeqiri Meta Rama Nano Topalli Mema Duka Gega Xhafa Kurti Lleshi Mehmeti Ndreu Përmeti Qosja Selimi Toska Ukaj Vata Ymeri Zogu',
  ),
}

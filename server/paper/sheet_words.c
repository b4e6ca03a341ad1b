// SPDX-License-Identifier: AGPL-3.0-or-later
#include "paper/sheet_words.h"

#include "base/clock.h"
#include "paper/solar_hijri.h"

#include <stdio.h>
#include <string.h>

#define DAY_MONTH_YEAR "{d} {m} {y}"

static const struct sheet_words all[] = {
    {"en", false, false, "0", DAY_MONTH_YEAR,
     {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December"},
     "Your marks", "Write a number on the map. Write it here too, draw the sign that fits, add a few words.",
     "By phone or tablet", "Code", "m", "km", "N", "The pictures of this base map cannot be printed.",
     "The base map has nothing to show here at this scale.",
     {"May the group in this room see your marks?",
      "May your marks be counted together with many others?",
      "May the group use your marks in its findings?"},
     "Your receipt"},
    {"fr", false, false, "0", DAY_MONTH_YEAR,
     {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
      "décembre"},
     "Vos repères", "Écrivez un numéro sur la carte. Écrivez-le aussi ici, dessinez le signe qui convient, ajoutez quelques mots.",
     "Par téléphone ou tablette", "Code", "m", "km", "N", "Les images de ce fond de carte ne peuvent pas être imprimées.",
     "Le fond de carte n'a rien à montrer ici à cette échelle.",
     {"Le groupe dans cette salle peut-il voir vos repères ?",
      "Vos repères peuvent-ils être comptés avec beaucoup d'autres ?",
      "Le groupe peut-il utiliser vos repères pour ses constats ?"},
     "Votre reçu"},
    {"nl", true, false, "0", DAY_MONTH_YEAR,
     {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
      "december"},
     "Uw markeringen", "Schrijf een nummer op de kaart. Schrijf het ook hier, teken het juiste symbool en voeg enkele woorden toe.",
     "Met telefoon of tablet", "Code", "m", "km", "N", "De beelden van deze achtergrondkaart kunnen niet worden afgedrukt.",
     "De achtergrondkaart heeft hier op deze schaal niets te tonen.",
     {"Mag de groep hier uw markeringen zien?",
      "Mogen uw markeringen samen met die van vele anderen geteld worden?",
      "Mag de groep uw markeringen gebruiken voor haar besluiten?"},
     "Uw ontvangstbewijs"},
    {"ar", true, true, "٠", DAY_MONTH_YEAR,
     {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
     "علاماتكم", "اكتبوا رقمًا على الخريطة. واكتبوه هنا أيضًا، وارسموا الرمز المناسب، وأضيفوا بضع كلمات.",
     "بالهاتف أو الجهاز اللوحي", "الرمز", "م", "كم", "ش", "لا يمكن طباعة صور هذه الخريطة الأساسية.",
     "لا تعرض الخريطة الأساسية شيئًا هنا بهذا المقياس.",
     {"هل يمكن للمجموعة في هذه القاعة أن ترى علاماتكم؟",
      "هل يمكن أن تُعدّ علاماتكم مع علامات كثيرين غيركم؟",
      "هل يمكن للمجموعة أن تستعمل علاماتكم في خلاصاتها؟"},
     "إيصالكم"},
    {"tr", true, false, "0", DAY_MONTH_YEAR,
     {"Ocak", "Şubat", "Mart", "Nisan", "Mayıs", "Haziran", "Temmuz", "Ağustos", "Eylül", "Ekim", "Kasım", "Aralık"},
     "İşaretleriniz", "Haritaya bir numara yazın. Aynı numarayı buraya da yazın, uygun işareti çizin, birkaç kelime ekleyin.",
     "Telefon veya tabletle", "Kod", "m", "km", "K", "Bu altlık haritanın resimleri yazdırılamıyor.",
     "Altlık haritanın burada bu ölçekte gösterecek bir şeyi yok.",
     {"Bu salondaki grup işaretlerinizi görebilir mi?",
      "İşaretleriniz birçok başka işaretle birlikte sayılabilir mi?",
      "Grup, sonuçlarında işaretlerinizi kullanabilir mi?"},
     "Makbuzunuz"},
    {"es", true, false, "0", "{d} de {m} de {y}",
     {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
      "diciembre"},
     "Sus marcas", "Escriba un número en el mapa. Escríbalo también aquí, dibuje el signo adecuado y añada unas palabras.",
     "Con teléfono o tableta", "Código", "m", "km", "N", "Las imágenes de este mapa base no se pueden imprimir.",
     "El mapa base no tiene nada que mostrar aquí a esta escala.",
     {"¿Puede el grupo de esta sala ver sus marcas?",
      "¿Se pueden contar sus marcas junto con muchas otras?",
      "¿Puede el grupo usar sus marcas en sus conclusiones?"},
     "Su recibo"},
    {"uk", true, false, "0", "{d} {m} {y} р.",
     {"січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада",
      "грудня"},
     "Ваші позначки", "Напишіть номер на карті. Напишіть його також тут, намалюйте відповідний знак і додайте кілька слів.",
     "З телефона або планшета", "Код", "м", "км", "Пн", "Зображення цієї базової карти не можна надрукувати.",
     "У цьому масштабі базова карта тут нічого не показує.",
     {"Чи може група в цьому залі бачити ваші позначки?",
      "Чи можна рахувати ваші позначки разом з багатьма іншими?",
      "Чи може група використати ваші позначки у своїх висновках?"},
     "Ваша квитанція"},
    {"ru", true, false, "0", "{d} {m} {y} г.",
     {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября",
      "декабря"},
     "Ваши метки", "Напишите номер на карте. Напишите его и здесь, нарисуйте подходящий знак и добавьте несколько слов.",
     "С телефона или планшета", "Код", "м", "км", "С", "Изображения этой базовой карты нельзя напечатать.",
     "В этом масштабе базовая карта здесь ничего не показывает.",
     {"Можно ли группе в этом зале видеть ваши метки?",
      "Можно ли считать ваши метки вместе со многими другими?",
      "Можно ли группе использовать ваши метки в своих выводах?"},
     "Ваша квитанция"},
    {"ky", true, false, "0", "{y}-ж., {d}-{m}",
     {"январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь",
      "декабрь"},
     "Сиздин белгилериңиз", "Картага номер жазыңыз. Аны бул жерге да жазып, ылайыктуу белгини тартып, бир нече сөз кошуңуз.",
     "Телефон же планшет менен", "Код", "м", "км", "Түн", "Бул негизги картанын сүрөттөрүн басып чыгарууга болбойт.",
     "Негизги картада бул жерде ушул масштабда эч нерсе жок.",
     {"Бул залдагы топ белгилериңизди көрө алабы?",
      "Белгилериңизди башка көп белгилер менен бирге санаса болобу?",
      "Топ өз тыянактарында белгилериңизди колдонсо болобу?"},
     "Сиздин дүмүрчөк"},
    {"fa", true, true, "۰", "{D} {M} {Y}",
     {"فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"},
     "نشانه‌های شما", "روی نقشه یک شماره بنویسید. همان شماره را اینجا هم بنویسید، نشان مناسب را بکشید و چند کلمه اضافه کنید.",
     "با تلفن یا تبلت", "کد", "متر", "کیلومتر", "ش", "تصویرهای این نقشهٔ پایه قابل چاپ نیستند.",
     "نقشهٔ پایه در این مقیاس اینجا چیزی برای نشان دادن ندارد.",
     {"آیا گروه این اتاق می‌تواند نشانه‌های شما را ببیند؟",
      "آیا نشانه‌های شما می‌تواند همراه نشانه‌های افراد بسیار دیگر شمرده شود؟",
      "آیا گروه می‌تواند از نشانه‌های شما در یافته‌هایش استفاده کند؟"},
     "رسید شما"},
    {"ti", true, false, "0", DAY_MONTH_YEAR,
     {"ጥሪ", "ለካቲት", "መጋቢት", "ሚያዝያ", "ግንቦት", "ሰነ", "ሓምለ", "ነሓሰ", "መስከረም", "ጥቅምቲ", "ሕዳር", "ታሕሳስ"},
     "ምልክታትኩም", "ኣብቲ ካርታ ቁጽሪ ጽሓፉ። ኣብዚ'ውን ጽሓፍዎ፣ ዝሰማማዕ ምልክት ስኣሉ፣ ቁሩብ ቃላት ወስኹ።",
     "ብተሌፎን ወይ ታብለት", "ኮድ", "ሜ", "ኪሜ", "ሰሜን", "ስእልታት ናይዚ መሰረታዊ ካርታ ክሕተም ኣይከኣልን።",
     "እቲ መሰረታዊ ካርታ ኣብዚ ብዚ መጠን ዘርኢ የብሉን።",
     {"ኣብዚ ክፍሊ ዘሎ ጉጅለ ምልክታትኩም ክርኢ ይኽእል ዶ?",
      "ምልክታትኩም ምስ ናይ ብዙሓት ካልኦት ክቑጸሩ ይኽእሉ ዶ?",
      "እቲ ጉጅለ ምልክታትኩም ኣብ ርኽበታቱ ክጥቀመሉ ይኽእል ዶ?"},
     "ቅብሊትኩም"},
    {"so", true, false, "0", DAY_MONTH_YEAR,
     {"Jannaayo", "Febraayo", "Maarso", "Abriil", "Maajo", "Juun", "Luuliyo", "Ogost", "Sebtembar", "Oktoobar",
      "Nofembar", "Desembar"},
     "Calaamadahaaga", "Lambar ku qor khariidadda. Halkanna ku qor, sawir calaamadda ku habboon, kuna dar dhowr eray.",
     "Taleefan ama tablet", "Koodh", "m", "km", "W", "Sawirrada khariidaddan saldhigga ah lama daabici karo.",
     "Khariidadda saldhigga ahi wax ay halkan ku muujiso kuma hayso miisaankan.",
     {"Kooxda qolkan joogta ma arki karaan calaamadahaaga?",
      "Calaamadahaaga ma lala tirin karaa kuwa dad kale oo badan?",
      "Kooxdu ma u isticmaali kartaa calaamadahaaga natiijooyinkeeda?"},
     "Rasiidhkaaga"},
};
enum { COUNT = sizeof all / sizeof all[0] };

const struct sheet_words *sheet_words_at(unsigned index) {
    return index < COUNT ? &all[index] : NULL;
}

const struct sheet_words *sheet_words_find(const char *language) {
    size_t len = strcspn(language, "-");
    for (size_t i = 0; i < COUNT; i++) {
        if (strlen(all[i].language) == len && strncmp(all[i].language, language, len) == 0)
            return &all[i];
    }
    return &all[0];
}

/** The digits of `text` in the language's own, other characters as they are. */
static const char *own_digits(const struct sheet_words *words, const char *text, struct arena *arena) {
    size_t width = strlen(words->zero), len = 0;
    char *out = arena_alloc(arena, strlen(text) * width + 1);
    if (out == NULL)
        return NULL;
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9') {
            out[len++] = *text;
            continue;
        }
        memcpy(out + len, words->zero, width);
        len += width;
        out[len - 1] = (char)(out[len - 1] + (*text - '0')); // ten neighbours of one lead byte
    }
    out[len] = '\0';
    return out;
}

const char *sheet_words_number(const struct sheet_words *words, long long number, struct arena *arena) {
    char digits[32], grouped[96];
    int count = snprintf(digits, sizeof digits, "%lld", number < 0 ? 0 : number);
    size_t len = 0;
    for (int i = 0; i < count; i++) {
        if (i > 0 && count > 4 && (count - i) % 3 == 0) {
            memcpy(grouped + len, "\u202f", 3);
            len += 3;
        }
        grouped[len++] = digits[i];
    }
    grouped[len] = '\0';
    return own_digits(words, grouped, arena);
}

/** A day's number, month and year; whether it is one that the language's calendar has. */
static bool read_day(const struct sheet_words *words, const char *date, unsigned out[3]) {
    int year, month, day;
    int64_t days;
    struct solar_hijri solar;
    if (sscanf(date, "%4d-%2d-%2d", &year, &month, &day) != 3 || !clock_days(year, month, day, &days))
        return false;
    if (strstr(words->date, "{M}") == NULL) {
        out[0] = (unsigned)day, out[1] = (unsigned)month, out[2] = (unsigned)year;
        return true;
    }
    if (!solar_hijri_of(days, &solar))
        return false;
    out[0] = solar.day, out[1] = solar.month, out[2] = solar.year;
    return true;
}

const char *sheet_words_date(const struct sheet_words *words, const char *date, struct arena *arena) {
    unsigned parts[3]; // day, month, year
    if (!read_day(words, date, parts))
        return arena_strdup(arena, date);
    const char *text = "";
    for (const char *at = words->date; *at != '\0' && text != NULL; at++) {
        bool hole = at[0] == '{' && at[1] != '\0' && at[2] == '}';
        char part = hole ? (char)(at[1] | 0x20) : '\0'; // a capital is a small letter without that bit
        if (!hole)
            text = arena_printf(arena, "%s%c", text, *at);
        else if (part == 'm')
            text = arena_printf(arena, "%s%s", text, words->months[parts[1] - 1]);
        else
            text = arena_printf(arena, "%s%u", text, parts[part == 'y' ? 2 : 0]);
        at += hole ? 2 : 0;
    }
    return text == NULL ? NULL : own_digits(words, text, arena);
}

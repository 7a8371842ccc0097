using System.Globalization;
using System.Text;

namespace AlertBot.Domain.Time;

/// <summary>The meaning of a word of time in any language.</summary>
internal enum TimeWord
{
    Now,
    Today,
    Tonight,
    LastNight,
    Yesterday,
    DayBeforeYesterday,
    Night,
    Morning,
    Afternoon,
    Evening,
    Before,
    After,
    Clock,
    Ago,
    Minute,
    Hour,
    Day,
    Week,
    Last,
    HalfHour,

    /// <summary>With its number: 1 is Monday.</summary>
    Weekday,

    /// <summary>With its number: 1 is January.</summary>
    Month,

    /// <summary>A number in words.</summary>
    Number,
}

/// <summary>
/// The words of time in English, Russian, Kazakh, Karakalpak and Uzbek, in the scripts that people use. A line is a meaning and its words, with
/// <c>|</c> between those that belong together; a line that begins with <c>|</c> continues the one before. A <c>*</c> at the end stands for any
/// ending, since these languages have many. Letters are compared without marks and case (see <see cref="Fold"/>), because phones without the right
/// keyboard write <c>tunde</c> for <c>túnde</c> and <c>бугин</c> for <c>бүгін</c>.
/// </summary>
internal static class WhenVocabulary
{
    public const int MostWords = 3;

    private const string English =
        """
        Now: now, right now, just now, at this moment
        Today: today
        Tonight: tonight
        LastNight: last night
        Yesterday: yesterday
        DayBeforeYesterday: day before yesterday
        Night: night, at night, midnight
        Morning: morning
        Afternoon: afternoon, noon
        Evening: evening
        Before: am
        After: pm
        Clock: at, around
        Ago: ago
        Minute: minute, minutes, min, mins
        Hour: hour, hours
        Day: day, days
        Week: week, weeks
        Last: last, previous
        HalfHour: half an hour, half hour
        Weekday: monday | tuesday | wednesday | thursday | friday | saturday | sunday
        Month: january | february | march | april | may | june | july | august | september | october | november | december
        Number: one, an, a | two | three | four | five | six | seven | eight | nine | ten
        """;

    private const string Russian =
        """
        Now: сейчас, прямо сейчас, только что, щас
        Today: сегодня
        Yesterday: вчера
        DayBeforeYesterday: позавчера
        Night: ночью, ночь, ночи
        Morning: утром, утра, утро
        Afternoon: днем, дня, полдень
        Evening: вечером, вечера, вечер
        Clock: в, во, около, примерно в
        Ago: назад
        Minute: минута, минуту, минуты, минут, мин
        Hour: час, часа, часов
        Day: день, дня, дней
        Week: неделя, неделю, недели, недель
        Last: прошлый, прошлую, прошлое
        HalfHour: полчаса, пол часа
        Weekday: понедельник* | вторник* | среда, среду, среды | четверг* | пятниц* | суббот* | воскресень*
        Month: январ* | феврал* | март, марта | апрел* | май, мая | июнь, июня | июль, июля | август* | сентябр* | октябр* | ноябр* | декабр*
        Number: один, одну, одна | два, две | три | четыре | пять | шесть | семь | восемь | девять | десять
        """;

    private const string Kazakh =
        """
        Now: қазір, қазір ғана, жаңа ғана, qazir, kazir, jańa ǵana
        Today: бүгін, búgin, bugin, bügin
        Yesterday: кеше, keshe, keşe
        DayBeforeYesterday: алдыңғы күні, aldyńǵy kúni, aldyngy kuni
        Night: түнде, түнгі, түні, түн, tunde, túnde, tungi, tuni
        Morning: таңертең, таңғы, таңда, tanerteng, tańerteń, tanerten, tangy
        Afternoon: түсте, түстен кейін, tuste, tusten keiin
        Evening: кешке, кешкі, кешқұрым, keshke, keshki, keshqurym
        Clock: сағат, saǵat, sagat, шамамен
        Ago: бұрын, buryn
        Minute: минут, minut
        Hour: сағат, saǵat, sagat
        Day: күн, kún, kun
        Week: апта, apta
        Last: өткен, ótken, otken
        HalfHour: жарты сағат, jarty saǵat, jarty sagat
        Weekday: дүйсенбі*, dúısenbi*, duisenbi* | сейсенбі*, seısenbi*, seisenbi* | сәрсенбі*, sársenbi* | бейсенбі*, beısenbi*, beisenbi*
          | жұма, жұмада, жұма күні, juma, jumada | сенбі*, senbi* | жексенбі*, jeksenbi*
        Month: қаңтар*, qańtar* | ақпан*, aqpan* | наурыз*, naýryz*, nauryz* | сәуір*, sáýir*, sauir* | мамыр*, mamyr*
          | маусым*, maýsym*, mausym* | шілде*, shilde* | тамыз*, tamyz* | қыркүйек*, qyrkúıek*, qyrkuiek* | қазан, қазанда, qazan, qazanda
          | қараша*, qarasha* | желтоқсан*, jeltoqsan*
        Number: бір, bir | екі, eki | үш, úsh, ush | төрт, tórt, tort | бес, bes | алты, alty | жеті, jeti | сегіз, segiz | тоғыз, toǵyz | он, on
        """;

    private const string Karakalpak =
        """
        Now: házir, ҳәзир, házir ǵana, ҳәзир ғана, jańa ǵana, жаңа ғана
        Today: búgin, бүгин, bugin
        Yesterday: keshe, кеше
        DayBeforeYesterday: burnaǵı kúni, бурнағы күни, aldıńǵı kúni, алдыңғы күни
        Night: túnde, түнде, túngi, түнги, tún, түн, túni, түни
        Morning: azanda, азанда, azanǵı, азанғы, tańda, таңда, saharda, саҳарда
        Afternoon: túste, түсте, túsden keyin, түстен кейин
        Evening: keshte, кеште, keshki, кешки, keshqurın, кешқурын, keshke, кешке
        Clock: saat, саат, shama menen
        Ago: burın, бурын, ilgeri, илгери, aldın, алдын
        Minute: minut, минут
        Hour: saat, саат
        Day: kún, күн
        Week: hápte, ҳәпте
        Last: ótken, өткен
        HalfHour: yarım saat, ярым саат
        Weekday: dúyshembi*, дүйшемби* | siyshembi*, сийшемби* | sárshembi*, сәршемби* | piyshembi*, пийшемби*
          | juma, jumada, жума, жумада, juma kúni, жума күни | shembi*, шемби* | ekshembi*, екшемби*
        Number: bir, бир | eki, еки | úsh, үш | tórt, төрт | bes, бес | altı, алты | jeti, жети | segiz, сегиз | toǵız, тоғыз | on, он
        """;

    private const string Uzbek =
        """
        Now: hozir, hozirgina, hozir gina, ҳозир, ҳозиргина
        Today: bugun, бугун
        Yesterday: kecha, кеча
        DayBeforeYesterday: oʻtgan kuni, avvalgi kuni, ўтган куни
        Night: tunda, tungi, kechasi, tun, тунда, кечаси, oʻtar kechasi
        Morning: ertalab, tongda, tonggi, saharda, эрталаб
        Afternoon: tushda, tushdan keyin, kunduzi, peshin, кундузи
        Evening: kechqurun, kechki, oqshom, кечқурун, кечки
        Clock: soat, соат, taxminan
        Ago: oldin, avval, олдин, аввал, muqaddam
        Minute: daqiqa, minut, дақиқа
        Hour: soat, соат
        Day: kun, кун
        Week: hafta, ҳафта
        Last: oʻtgan, ўтган
        HalfHour: yarim soat, ярим соат
        Weekday: dushanba*, душанба* | seshanba*, сешанба* | chorshanba*, чоршанба* | payshanba*, пайшанба* | juma, jumada, juma kuni, жума
          | shanba*, шанба* | yakshanba*, якшанба*
        Month: yanvar*, январ* | fevral*, феврал* | mart, martda, mart kuni, март | aprel*, апрел* | may, mayda, май | iyun*, июн*
          | iyul*, июл* | avgust*, август* | sentyabr*, sentabr*, сентябр* | oktyabr*, oktabr*, октябр* | noyabr*, ноябр* | dekabr*, декабр*
        Number: bir | ikki | uch | toʻrt | besh | olti | yetti | sakkiz | toʻqqiz | oʻn
        """;

    // The program runs without ICU, so string.Normalize returns its input. These are the marked letters of our languages.
    private const string Marked = "áàâäǎåóòôöúùûüýńñǵğǧışéèçíìïқғңүұөһҳәіїйёў";
    private const string Plain = "aaaaaaoooouuuuynngggiseeciiiкгнууоххаиииеу";
    private const string LeftOut = "'’‘ʻʼ`´ьъ";

    private static readonly Dictionary<string, List<(TimeWord Meaning, int Number)>> Whole = [];
    private static readonly List<(string Stem, TimeWord Meaning, int Number)> Stems = [];

    static WhenVocabulary()
    {
        string[] tables = [English, Russian, Kazakh, Karakalpak, Uzbek];
        foreach (var line in tables.SelectMany(table => table.Replace("\n  |", " |").Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            var parts = line.Split(':', 2);
            var meaning = Enum.Parse<TimeWord>(parts[0]);
            foreach (var (number, group) in parts[1].Split('|').Index())
            {
                foreach (var word in group.Split(',', StringSplitOptions.TrimEntries))
                    Add(word, meaning, number + 1);
            }
        }
    }

    /// <summary>The meanings of a word, or of several words with blanks between them; empty if there are none.</summary>
    /// <param name="folded">As <see cref="Fold"/> returns it.</param>
    public static IReadOnlyList<(TimeWord Meaning, int Number)> Meanings(string folded)
    {
        if (Whole.TryGetValue(folded, out var meanings))
            return meanings;
        return Stems.Where(entry => folded.StartsWith(entry.Stem, StringComparison.Ordinal)).Take(1)
            .Select(entry => (entry.Meaning, entry.Number)).ToList();
    }

    /// <summary>
    /// Lower case, without marks, soft signs and apostrophes. A letter that only one of our languages has becomes its nearest neighbour.
    /// </summary>
    public static string Fold(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            var low = char.ToLowerInvariant(letter);
            if (LeftOut.Contains(low) || CharUnicodeInfo.GetUnicodeCategory(low) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
                continue;
            var at = Marked.IndexOf(low, StringComparison.Ordinal);
            kept.Append(at < 0 ? low : Plain[at]);
        }

        return kept.ToString();
    }

    private static void Add(string word, TimeWord meaning, int number)
    {
        var folded = Fold(word.TrimEnd('*'));
        if (word.EndsWith('*'))
        {
            if (!Stems.Contains((folded, meaning, number)))
                Stems.Add((folded, meaning, number));
            return;
        }

        if (!Whole.TryGetValue(folded, out var meanings))
            Whole[folded] = meanings = [];
        if (!meanings.Contains((meaning, number)))
            meanings.Add((meaning, number));
    }
}

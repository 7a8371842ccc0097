namespace AlertBot.Benchmarks;

internal static class Usage
{
    public static int Print()
    {
        Console.Error.WriteLine(
            """
            fan-out   1,000 chats within Telegram's limits: time, refusals, an urgent alert in the middle, kill -9 at 40 %
            one-group a hundred alerts into one group and to one person: when the last is shown, in how many messages
            paid      10,000 chats at 1,000 messages a second: time, and what a message costs
            intake    1,000 updates a second until they are stored, by polling and by webhook, what one sender's backlog of 50,000 costs the
                      others, and what stays in memory of many updates (--updates 1000000)
            scale     rows, bytes and statements of a case, a report and an alert, and of a thousand organisations
            performance [FILE [NAMES]]  all of them, and one page of what they say (docs/performance.md)
            signal    a critical alert to 40 and to 200 people on Signal, while strangers are asked to write
            names     the names engine: speed and memory (--sizes 10000,100000), accuracy (--data DIR, --hold-out DIR), see docs/names.md
            heads-up  500 reports, one at a time and 20 at once: from the message of a witness to the advocate
                      (--trace: with the commands to the database of one)
            flood     60 accounts send /help every second, 1,500 press Start: a critical alert in the middle, beside the same when quiet
            monitor   50 deadlines due among a hundred thousand stored ones, and among a million
            kill      20 times kill -9 in the middle of a run of 200: what is lost, what is repeated
            idle      the whole program with nothing to do: transactions, processor, memory, and how soon it is ready
            take-over 20 times kill -9 of a node with a job in hand: how soon it runs elsewhere, also behind the engine's locks

            desk      every page with 10,000 cases, 100,000 events and 50 people: times at the server, bytes
            fuzz      [--requests N] [--seed N] [--only N] foreign and malformed requests to all endpoints and forms: no 500, nothing written

            --tiny    any of them with a size of seconds, to see that it works; --each NAME NAME: several of them like that, in one process
            """);
        return 2;
    }

    public static int Done(Action run)
    {
        run();
        return 0;
    }
}

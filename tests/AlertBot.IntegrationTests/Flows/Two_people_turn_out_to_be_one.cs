using AlertBot.Domain.People;
using AlertBot.IntegrationTests.Incidents;
using AlertBot.IntegrationTests.Support;
using AlertBot.Workflows.People;
using Dapper;
using Npgsql;

namespace AlertBot.IntegrationTests.Flows;

/// <summary>Nobody writes to whoever somebody was before, so nothing that is still to be done may stay with them.</summary>
public sealed class Two_people_turn_out_to_be_one
{
    // Every column that names a person, and what becomes of it. A new one is missing here, and its author says which it is.
    private static readonly Dictionary<string, Fate> Columns = new()
    {
        ["address.person_id"] = Fate.GivenBefore,
        ["check_in.person_id"] = Fate.GivenBefore,
        ["check_in_contact.person_id"] = Fate.GivenBefore,

        ["oncall.person_id"] = Fate.HandedOver,
        ["oncall_absence.person_id"] = Fate.HandedOver,
        ["oncall_shift.told"] = Fate.HandedOver,
        ["incident.taken_by"] = Fate.HandedOver,
        ["page.taken_by"] = Fate.HandedOver,
        ["page.made_by"] = Fate.HandedOver,
        ["deadline.followed_by"] = Fate.HandedOver,
        ["drill.person_id"] = Fate.HandedOver,
        ["drill_answer.person_id"] = Fate.HandedOver,
        ["rhythm.person_id"] = Fate.HandedOver,
        ["digest_item.person_id"] = Fate.HandedOver,
        ["api_token.person_id"] = Fate.HandedOver,
        ["webhook.made_by"] = Fate.HandedOver,
        ["calendar_feed.person_id"] = Fate.HandedOver,
        // While something is still to come of it.
        ["import.made_by"] = Fate.HandedOver,
        ["import.begun_by"] = Fate.HandedOver,
        ["import.undone_by"] = Fate.HandedOver,
        ["case_event.recorded_by"] = Fate.HandedOver,
        ["wipe.proposed_by"] = Fate.HandedOver,

        ["account_joining.person_id"] = Fate.Ends,
        ["sign_in_link.person_id"] = Fate.Ends,
        ["console_session.person_id"] = Fate.Ends,

        ["person.frozen_by"] = Fate.Stays,
        ["invite.created_by"] = Fate.Stays,
        ["invite.used_by"] = Fate.Stays,
        ["case_file.created_by"] = Fate.Stays,
        ["case_event.preferred_by"] = Fate.Stays,
        ["case_event.confirmed_by"] = Fate.Stays,
        ["subscription.created_by"] = Fate.Stays,
        ["incident.verified_by"] = Fate.Stays,
        ["incident_entry.person_id"] = Fate.Stays,
        ["same_question.answered_by"] = Fate.Stays,
        ["key_change.trusted_by"] = Fate.Stays,
        ["event_change.changed_by"] = Fate.Stays,
        ["event_change.undone_by"] = Fate.Stays,
        ["case_join.joined_by"] = Fate.Stays,
        ["case_join.undone_by"] = Fate.Stays,
        ["muted.muted_by"] = Fate.Stays,
        ["wipe.confirmed_by"] = Fate.Stays,
        ["wipe.stopped_by"] = Fate.Stays,
    };

    private enum Fate
    {
        /// <summary>With the account itself, before the rest.</summary>
        GivenBefore,
        HandedOver,
        Ends,

        /// <summary>It says who did what, as it was then.</summary>
        Stays,
    }

    [PostgresFact]
    public async Task What_they_had_in_hand_goes_with_them()
    {
        await using var night = await IncidentNight.BeginAsync();
        var bot = night.Bot;
        var (stays, goes) = (await PersonOfAsync(night, night.Coordinator), await PersonOfAsync(night, night.Advocate));
        await RunningBot.SayAsync(night.Coordinator, $"/event {night.Case.Code} detention_start 2026-03-01 10:00");
        await bot.SettleAsync();
        await using var apart = new NpgsqlConnection(bot.ConnectionString);
        var known = await apart.QueryAsync<string>(
            """
            select c.conrelid::regclass || '.' || a.attname
            from   pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
            where  c.contype = 'f' and c.confrelid = 'person'::regclass
            """);
        Assert.Empty(known.Except(Columns.Keys).Select(column => $"{column}: what becomes of it when two people turn out to be one?"));
        Assert.Empty(Columns.Keys.Except(known));
        await apart.ExecuteAsync(InHand, new { goes = goes.Value });

        await bot.ActAsync(async session =>
        {
            var account = (await session.Addresses.FindAsync(night.Advocate.Address))!;
            // As the messenger says: the account is that of the number, and whoever has the greater role stays.
            await SameAccount.JoinAsync(session, account, stays);
            return true;
        });

        foreach (var (column, fate) in Columns.Where(one => one.Value is Fate.HandedOver or Fate.Ends))
        {
            var (table, name) = (column.Split('.')[0], column.Split('.')[1]);
            var count = $"select count(*)::int from {table} where {name} = @person";
            Assert.True(await apart.ExecuteScalarAsync<int>(count, new { person = goes.Value }) == 0, $"{column} is still with whoever they were");
            if (fate == Fate.HandedOver)
                Assert.True(await apart.ExecuteScalarAsync<int>(count, new { person = stays.Value }) > 0, $"{column} is not theirs");
        }
    }

    [PostgresFact]
    public async Task Nobody_is_the_second_person_to_themselves()
    {
        await using var night = await IncidentNight.BeginAsync();
        var (stays, goes) = (await PersonOfAsync(night, night.Coordinator), await PersonOfAsync(night, night.Advocate));
        await RunningBot.SayAsync(night.Coordinator, $"/event {night.Case.Code} detention_start 2026-03-01 10:00");
        await night.Bot.SettleAsync();
        await using var apart = new NpgsqlConnection(night.Bot.ConnectionString);
        await apart.ExecuteAsync("update case_event set recorded_by = @Value where confirmed_by is null", new { goes.Value });

        await night.Bot.ActAsync(async session =>
        {
            await SameAccount.JoinAsync(session, (await session.Addresses.FindAsync(night.Advocate.Address))!, stays);
            return true;
        });

        var file = (await night.Bot.ActAsync(session => session.Cases.FindAsync(night.Case.Id)))!;
        Assert.False(await night.Bot.ActAsync(session => session.Cases.ConfirmEventAsync(Assert.Single(file.Events).Id, stays)));
    }

    private const string InHand =
        """
        insert into oncall (person_id, position, joined_at) values (@goes, 1, now());
        insert into oncall_absence (id, person_id, span) values (gen_random_uuid(), @goes, '\x00');
        insert into oncall_shift (since, told) values (now(), @goes) on conflict (one) do update set told = @goes;
        update incident set taken_by = @goes;
        insert into page (id, source_hash, severity, content, told_at, taken_by, made_by)
        values (gen_random_uuid(), '\x01', 'urgent', '\x00', now(), @goes, @goes);
        update deadline set followed_by = @goes where id = (select id from deadline limit 1);
        insert into drill (alert_id, person_id, started_at, due_at) select id, @goes, now(), now() from alert limit 1;
        insert into drill_answer (alert_id, person_id, at) select alert_id, @goes, now() from drill;
        insert into rhythm (person_id) values (@goes);
        insert into digest_item (id, person_id, alert_id, body, added_at) select gen_random_uuid(), @goes, id, '\x00', now() from alert limit 1;
        insert into api_token (id, person_id, secret_hash, name, scopes, made_at, expires_at)
        values (gen_random_uuid(), @goes, '\x01', '\x00', '{dates}', now(), now());
        insert into webhook (id, url, secret, kinds, made_by, made_at) values (gen_random_uuid(), '\x00', '\x00', '{fact}', @goes, now());
        insert into calendar_feed (person_id, secret_hash, created_at) values (@goes, '\x01', now());
        insert into import (id, kind, state, print, made_by, made_at, begun_by, undone_by)
        values (gen_random_uuid(), 'people', 'ready', '\x01', @goes, now(), @goes, @goes);
        update case_event set recorded_by = @goes where confirmed_by is null;
        insert into wipe (id, proposed_by, proposed_at) values (gen_random_uuid(), @goes, now());
        insert into account_joining (id, person_id, asked_by, code_hash, expires_at)
        select gen_random_uuid(), @goes, id, '\x01', now() from address limit 1;
        insert into sign_in_link (id, person_id, address_id, token_hash, state, created_at, expires_at)
        select gen_random_uuid(), @goes, id, '\x01', 'given', now(), now() from address limit 1;
        insert into console_session (id, person_id, secret_hash, browser, began_at, expires_at)
        values (gen_random_uuid(), @goes, '\x01', '\x00', now(), now());
        """;

    private static async Task<PersonId> PersonOfAsync(IncidentNight night, Sandbox.SandboxPhone phone) =>
        (await night.Bot.ActAsync(session => session.Addresses.FindAsync(phone.Address)))!.Person!.Value;
}

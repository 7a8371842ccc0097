using AlertBot.Domain.People;

namespace AlertBot.Postgres.Stores;

/// <content>Two people on file who turn out to be one.</content>
public sealed partial class PersonStore
{
    /// <summary>
    /// Gives what somebody had in hand to the person that they are: their place in the rota, what they took and follow up, tokens, webhooks, pages of
    /// their monitoring, calendar and rhythm. Nobody writes to whoever they were before, so it would be with nobody. What waits for a second person
    /// is theirs too, so that nobody is the second one to themselves. Who did what otherwise stays as it was.
    /// </summary>
    public Task HandOverAsync(PersonId from, PersonId to) => _access.ExecuteAsync(
        """
        lock table oncall in share row exclusive mode;
        update oncall set person_id = @To where person_id = @From and not exists (select from oncall where person_id = @To);
        delete from oncall where person_id = @From;
        update oncall_absence set person_id = @To where person_id = @From;
        update oncall_shift set told = @To where told = @From;
        update incident set taken_by = @To where taken_by = @From;
        update page set taken_by = @To where taken_by = @From;
        update page set made_by = @To where made_by = @From;
        update deadline set followed_by = @To where followed_by = @From;
        update drill set person_id = @To where person_id = @From;
        update drill_answer a set person_id = @To
        where  person_id = @From and not exists (select from drill_answer o where o.alert_id = a.alert_id and o.person_id = @To);
        update rhythm set person_id = @To where person_id = @From and not exists (select from rhythm where person_id = @To);
        delete from rhythm where person_id = @From;
        update digest_item i set person_id = @To
        where  person_id = @From and not exists (select from digest_item o where o.alert_id = i.alert_id and o.person_id = @To);
        delete from digest_item where person_id = @From;
        -- Before the role: with the role of their maker these end.
        update api_token set person_id = @To where person_id = @From;
        update webhook set made_by = @To where made_by = @From;
        update calendar_feed set person_id = @To where person_id = @From and not exists (select from calendar_feed where person_id = @To);
        delete from calendar_feed where person_id = @From;
        update import set made_by = @To where made_by = @From and state in ('reading', 'ready', 'running', 'undoing');
        update import set begun_by = @To where begun_by = @From and state in ('reading', 'ready', 'running', 'undoing');
        update import set undone_by = @To where undone_by = @From and state in ('reading', 'ready', 'running', 'undoing');
        update case_event set recorded_by = @To where recorded_by = @From and confirmed_by is null;
        update wipe set proposed_by = @To where proposed_by = @From and confirmed_by is null and stopped_by is null;
        delete from account_joining where person_id = @From;
        -- At the desk they sign in as whom they are now.
        delete from console_session where person_id = @From;
        delete from sign_in_link where person_id = @From;
        update person set role = 'reporter' where id = @From
        """,
        new { From = from.Value, To = to.Value });
}

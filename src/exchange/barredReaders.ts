/**
 * SQL: whether nothing bars a reader from the child whom `message` is about. To them it is a child that nobody knows:
 * what they write of one after the bar stays theirs, and nothing else is told.
 *
 * @param subject and issuer of the reader, as places in the statement.
 */
export const isNotBarred = (subject: string, issuer: string): string => `not exists (select from gateway.bar
  where bar.child_id = message.child_id and bar.ended_at is null and bar.subject = ${subject}
    and (bar.issuer is null or bar.issuer = ${issuer})
    and not (message.from_person = ${subject} and message.sent_at >= bar.recorded_at))`

// Times come as local times, like 2024-03-26T09:14:00: the server knows the zones. "UTC" below only means: as it is written.
const asWritten = (local) => new Date(`${local}Z`);
const longDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: 'UTC' });

export const dayOf = (local) => local.slice(0, 10);
export const hoursOf = (local) => local.slice(11, 16);
export const secondsOf = (local) => local.slice(11, 19);
export const minutesBetween = (earlier, later) => (asWritten(later) - asWritten(earlier)) / 60_000;
export const dayInWords = (local) => longDay.format(asWritten(local));
export const weekdayOf = (local) => weekday.format(asWritten(local));

export const cityOf = (zone) => zone.split('/').at(-1).replaceAll('_', ' ');

/** "+05" is "UTC+5". */
export function offsetInWords(offset) {
  const shift = offset.replace(/^([+-])0/, '$1').replace(/^[+-]0$/, '');
  return `UTC${shift.replace('-', '−')}`;
}

/** "Asia/Almaty" and "+05" are "Almaty, UTC+5". */
export function zoneInWords(zone, offset) {
  const city = cityOf(zone);
  return city === 'UTC' ? 'UTC' : `${city}, ${offsetInWords(offset)}`;
}

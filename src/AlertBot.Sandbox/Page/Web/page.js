import { Feed, server } from './feed.js';
import { make } from './dom.js';
import { offerLooks } from './looks.js';
import { Phone } from './phone.js';
import { Story } from './story.js';
import { Timeline } from './timeline.js';
import { dayInWords, secondsOf, weekdayOf, zoneInWords } from './times.js';

const phones = new Map();
const timeline = new Timeline();
const story = new Story(phones, () => crowded());
const [row, chips] = ['phones', 'chips'].map((id) => document.getElementById(id));
let clock = null;

// A phone that is scrolled out of sight collects unread messages.
const sight = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const phone = phones.get(entry.target.dataset.key);
    phone.isOnScreen = entry.intersectionRatio >= 0.5;
    phone.seen();
  }
}, { threshold: [0, 0.5] });

const feed = new Feed({
  onNews: take,
  onReset: begin,
  onConnected: (isConnected) => { document.getElementById('offline').hidden = isConnected; },
});

function take(news) {
  const phone = phones.get(news.window ?? news.key);
  switch (news.type) {
    case 'message':
      phone?.put(news.message);
      break;
    case 'press':
      phone?.pressed(news);
      break;
    case 'answer':
      phone?.answered(news);
      break;
    case 'info':
      phone?.inform(news);
      break;
    case 'window':
      showPhone(news);
      showClock(clock);
      story.layOut();
      break;
    case 'narration':
      timeline.add(news);
      break;
    case 'story':
      story.show(news.story);
      break;
    case 'tally':
      timeline.count(news.passed, news.failed);
      break;
    case 'mode':
      showMode(news.mode);
      break;
    case 'clock':
      showClock(news);
      break;
    default:
      break;
  }
}

/** Reads everything, and goes on with the news from there. */
async function begin() {
  let state;
  try {
    state = await server.get('/page/state');
  } catch {
    document.getElementById('offline').hidden = false;
    setTimeout(begin, 1000);
    return;
  }

  for (const key of [...phones.keys()]) {
    if (!state.windows.some((window) => window.key === key)) removePhone(key);
  }
  state.windows.forEach(showPhone);
  timeline.show(state);
  story.show(state.story);
  showMode(state.mode);
  showClock(state.clock);
  document.getElementById('empty').hidden = phones.size > 0;
  feed.open(state.position);
}

function showPhone(window) {
  const known = phones.get(window.key);
  if (known) {
    known.replace(window);
    return;
  }

  const chip = make('button', { type: 'button', class: 'chip', onclick: () => goTo(window.key) },
    make('bdi', {}, window.name), make('span', { class: 'badge', hidden: true }));
  const phone = new Phone(window, server, ({ unread }) => showUnread(chip, unread));
  phone.chip = chip;
  phone.root.dataset.key = window.key;
  phones.set(window.key, phone);
  row.append(phone.root);
  chips.append(chip);
  sight.observe(phone.root);
  phone.list.follow();
  crowded();
  document.getElementById('empty').hidden = true;
}

function removePhone(key) {
  const phone = phones.get(key);
  sight.unobserve(phone.root);
  phone.root.remove();
  phone.chip.remove();
  phones.delete(key);
}

function goTo(key) {
  phones.get(key).root.scrollIntoView({ block: 'start', inline: 'center' });
  phones.get(key).part('text').focus({ preventScroll: true });
}

function showUnread(chip, unread) {
  const badge = chip.querySelector('.badge');
  badge.hidden = unread === 0;
  badge.textContent = unread > 99 ? '99+' : String(unread);
  badge.setAttribute('aria-label', `${unread} unread`);
  const all = [...phones.values()].reduce((sum, phone) => sum + phone.unread, 0);
  document.title = all > 0 ? `(${all}) AlertBot sandbox` : 'AlertBot sandbox';
}

function showMode(mode) {
  const element = document.getElementById('mode');
  element.textContent = mode === 'replay' ? 'Replay' : 'Live';
  element.className = `mode mode-${mode}`;
}

function showClock(news) {
  if (!news) return;
  clock = news;
  document.getElementById('clock-kind').textContent = news.isVirtual ? 'Scenario time' : 'Time';
  document.getElementById('clock-day').textContent = `${weekdayOf(news.now)} ${dayInWords(news.now)}`;
  document.getElementById('clock-time').textContent = secondsOf(news.now);
  document.getElementById('clock-zone').textContent = zoneInWords(news.zone, news.offset);
  for (const phone of phones.values()) {
    const time = news.zones[phone.info.zone];
    if (time) phone.showTime(time);
  }
}

// When not all phones fit side by side, there is a button to each.
function crowded() {
  document.body.classList.toggle('is-crowded', row.scrollWidth > row.clientWidth + 1);
}
new ResizeObserver(crowded).observe(row);

document.addEventListener('visibilitychange', () => {
  for (const phone of phones.values()) phone.seen();
});

offerLooks();
begin();

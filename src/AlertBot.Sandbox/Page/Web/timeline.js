import { icon, make } from './dom.js';
import { dayInWords, dayOf, hoursOf } from './times.js';

/** How many lines are drawn; the oldest go. */
const size = 400;
const kinds = ['chapter', 'event', 'expected', 'got', 'pass', 'fail'];
const words = { expected: 'Expected', got: 'Got', pass: 'Passed', fail: 'Failed' };
const icons = { pass: 'i-pass', fail: 'i-fail' };

/** What happens in a replay, beside the phones. */
export class Timeline {
  constructor() {
    this.panel = document.getElementById('timeline');
    this.list = document.getElementById('timeline-lines');
    this.toggle = document.getElementById('timeline-toggle');
    this.toggle.addEventListener('click', () => this.open(this.panel.hidden));
    this.lastNumber = 0;
    this.lastDay = null;
  }

  show({ narration, passed, failed }) {
    this.list.replaceChildren();
    [this.lastNumber, this.lastDay] = [0, null];
    for (const line of narration.slice(-size)) this.append(line);
    this.count(passed, failed);
    this.toEnd();
  }

  add({ line, passed, failed }) {
    if (line.number <= this.lastNumber) return;
    const scroller = this.list.parentElement;
    const atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < 48;
    this.append(line);
    while (this.list.childElementCount > size) this.list.firstElementChild.remove();
    this.count(passed, failed);
    if (atEnd) this.toEnd();
  }

  append(line) {
    // The first line opens the log, where there is room for it.
    if (this.lastNumber === 0 && this.toggle.hidden) {
      this.toggle.hidden = false;
      this.open(matchMedia('(min-width: 1100px)').matches);
    }
    const kind = kinds.includes(line.kind) ? line.kind : 'remark';
    const day = dayOf(line.at) === this.lastDay ? null : make('p', { class: 'line-day' }, dayInWords(line.at));
    const text = make('p', { class: 'line-text', dir: 'auto' },
      words[kind] ? make('span', { class: icons[kind] ? 'visually-hidden' : 'line-word' }, `${words[kind]}: `) : null, line.text);
    this.list.append(make('li', { class: `line line-${kind}` }, day,
      make('div', { class: 'line-body' }, make('span', { class: 'line-mark' }, icons[kind] ? icon(icons[kind]) : null),
        kind === 'chapter' ? null : make('time', { class: 'line-time', datetime: line.at }, hoursOf(line.at)), text)));
    this.lastNumber = line.number;
    this.lastDay = dayOf(line.at);
  }

  count(passed, failed) {
    for (const [id, count] of [['passed', passed], ['failed', failed]]) {
      const element = document.getElementById(id);
      element.hidden = count === 0;
      element.querySelector('.count').textContent = String(count);
    }
  }

  open(isOpen) {
    this.panel.hidden = !isOpen;
    this.toggle.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.toEnd();
  }

  toEnd() {
    const scroller = this.list.parentElement;
    scroller.scrollTop = scroller.scrollHeight;
  }
}

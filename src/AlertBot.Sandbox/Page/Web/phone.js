import { colourOf, copyOf, icon, initialsOf, make } from './dom.js';
import { Composer } from './composer.js';
import { MessageList } from './messagelist.js';
import { Room, roomSize } from './room.js';
import { cityOf, hoursOf, offsetInWords } from './times.js';

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });
const knownRoles = ['reporter', 'advocate', 'coordinator', 'owner'];
const toastTime = 5000;

// A bot that never answers leaves no button waiting for ever.
const longestWait = 15_000;

/** One frame: a person's phone open at the chat with the bot, or a group. */
export class Phone {
  /** @param server does what the person does; @param onUnread told when the number of unread messages changes */
  constructor(window, server, onUnread) {
    const { root, part } = copyOf('phone');
    Object.assign(this, { root, part, server, onUnread, key: window.key, isGroup: window.kind === 'group', isOnScreen: true });
    root.id = `phone-${window.key}`;
    this.composer = new Composer(this);
    this.list = new MessageList(part('log'), this, () => this.seen());
    part('jump').addEventListener('click', () => this.list.follow());
    part('block').addEventListener('click', () => this.do('block', { blocked: !this.info.blocked }));
    this.replace(window);
  }

  get ownId() {
    return this.isGroup ? this.composer.actor : this.info.person;
  }

  get canReply() {
    return !this.info.gone && !this.info.blocked;
  }

  get unread() {
    return [...this.rooms.values()].reduce((sum, room) => sum + room.unread, 0);
  }

  /** Everything anew: after a long absence, or when the group has moved. What is being written stays. */
  replace(window) {
    const thread = this.room?.thread ?? null;
    this.rooms = new Map(window.rooms.map((room) => [room.thread ?? null, new Room(room)]));
    this.room = this.rooms.get(thread) ?? this.rooms.get(null);
    this.inform(window);
    this.list.show(this.room);
    this.composer.offerLocation(this.room.asksLocation);
    this.seen();
  }

  /** Takes what is known of the chat, but for its messages. */
  inform(info) {
    const { root, part } = this;
    this.info = info;
    root.setAttribute('aria-label', this.isGroup ? `Group ${info.name}` : `Phone of ${info.name}`);
    part('avatar').replaceChildren(this.isGroup ? icon('i-group') : initialsOf(info.name));
    part('avatar').className = `avatar ${colourOf(info.name)}`;
    part('name').textContent = info.name;
    part('role').textContent = this.isGroup ? 'group' : (info.role ?? '');
    part('role').className = `role role-${this.isGroup ? 'group' : knownRoles.includes(info.role) ? info.role : 'other'}`;
    part('role').hidden = !part('role').textContent;
    part('language').textContent = this.isGroup ? membersInWords(info) : languages.of(info.language);
    part('title').textContent = this.isGroup ? info.name : info.bot;
    part('subtitle').textContent = subtitleOf(info);
    this.informOfApp(info);
    part('bot-avatar').replaceChildren(icon(this.isGroup ? 'i-group' : 'i-bell'));
    part('block').hidden = this.isGroup || info.gone;
    part('block').setAttribute('aria-pressed', String(Boolean(info.blocked)));
    const blockLabel = info.blocked ? 'Unblock the bot' : 'Block the bot';
    part('block').setAttribute('aria-label', blockLabel);
    part('block').title = blockLabel;
    root.classList.toggle('is-blocked', Boolean(info.blocked));
    for (const topic of info.topics ?? []) {
      if (!this.rooms.has(topic.thread)) this.rooms.set(topic.thread, new Room({ thread: topic.thread, messages: [], hasEarlier: false }));
    }
    this.drawTopics();
    this.composer.inform(info);
  }

  /** Signal looks and works in its own way. */
  informOfApp({ app }) {
    const { root, part } = this;
    this.isSignal = app === 'signal';
    root.classList.toggle('is-signal', this.isSignal);
    part('app').hidden = !this.isSignal;
    if (!this.isSignal) return;
    part('text').placeholder = 'Signal message';
    part('log').setAttribute('aria-description', 'Arrow keys go from message to message, Enter replies, plus puts a thumb up');
  }

  /** A message is new or has changed. */
  put(message) {
    const room = this.rooms.get(message.thread ?? null) ?? this.rooms.get(null);
    const what = room.put(message);
    if (what === 'unseen') return;
    if (what === 'new' && !message.service && message.senderId !== this.ownId) this.count(room);
    if (room !== this.room) {
      room.shorten(roomSize);
      return;
    }
    this.list.draw(message, what === 'new');
    this.composer.offerLocation(room.asksLocation);
  }

  count(room) {
    if (room === this.room && this.isOnScreen && !document.hidden && this.list.following) return;
    room.unread++;
    this.drawUnread();
  }

  /** What is open is read, if somebody can see it. */
  seen() {
    const following = this.list.following;
    this.part('jump').hidden = following;
    if (following && this.isOnScreen && !document.hidden) this.room.unread = 0;
    this.drawUnread();
  }

  drawUnread() {
    const { part, unread } = this;
    part('badge').hidden = unread === 0;
    part('badge').textContent = unread > 99 ? '99+' : String(unread);
    part('badge').setAttribute('aria-label', `${unread} unread`);
    part('jump-count').textContent = this.room.unread > 0 ? String(this.room.unread) : '';
    for (const tab of part('topics').children) {
      const count = this.rooms.get(threadOf(tab))?.unread ?? 0;
      tab.querySelector('.badge').hidden = count === 0;
      tab.querySelector('.badge').textContent = String(count);
    }
    this.onUnread(this);
  }

  drawTopics() {
    const topics = this.info.isForum ? [{ thread: null, title: 'General' }, ...this.info.topics] : [];
    this.part('topics').hidden = topics.length === 0;
    this.part('topics').replaceChildren(...topics.map((topic) => make('button', {
      type: 'button', class: 'topic', 'data-thread': topic.thread ?? '', 'aria-pressed': String(topic.thread === this.room.thread),
      onclick: () => this.openTopic(topic.thread),
    }, make('bdi', {}, topic.title), topic.closed ? ' (closed)' : '', make('span', { class: 'badge', hidden: true }))));
  }

  openTopic(thread) {
    this.room = this.rooms.get(thread);
    this.list.show(this.room);
    this.drawTopics();
    this.seen();
  }

  /** Time as the phone shows it. */
  showTime({ now, offset }) {
    this.part('time').textContent = hoursOf(now);
    this.part('status-time').textContent = hoursOf(now);
    const city = cityOf(this.info.zone);
    this.part('city').textContent = city === 'UTC' ? '' : `${city}, `;
    this.part('offset').textContent = offsetInWords(offset);
    this.part('offset').title = this.info.zone;
  }

  /** Somebody pressed a button: it waits until the bot answers. */
  pressed({ message, data }) {
    for (const key of this.list.itemOf(message)?.querySelectorAll('.key') ?? []) {
      if (key.dataset.data !== data) continue;
      key.setAttribute('aria-busy', 'true');
      setTimeout(() => key.removeAttribute('aria-busy'), longestWait);
    }
  }

  answered({ message, text }) {
    for (const key of this.list.itemOf(message)?.querySelectorAll('.key[aria-busy]') ?? []) key.removeAttribute('aria-busy');
    if (text) this.toast(text);
  }

  toast(text, isProblem = false) {
    const words = make('p', { class: isProblem ? 'words problem' : 'words', dir: 'auto' }, text);
    this.part('toast').replaceChildren(words);
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => words.remove(), toastTime);
  }

  async showEarlier() {
    const { room } = this;
    const query = new URLSearchParams({ window: this.key, before: room.messages[0]?.id ?? '', thread: room.thread ?? '' });
    const earlier = await this.server.get(`/page/messages?${query}`);
    room.addEarlier(earlier);
    if (room === this.room) this.list.addEarlier(earlier.messages.length);
  }

  /** @returns true when it was done; else the person has been told why not */
  async do(what, action) {
    const problem = await this.server.post(`/page/do/${what}`, {
      window: this.key, as: this.isGroup ? this.composer.actor : null, thread: this.room.thread, ...action,
    });
    if (problem) this.toast(problem, true);
    return !problem;
  }

  // What a message offers.
  settle = () => this.list.settle();
  command = (words) => this.do('text', { text: words });
  press = (message, button) => this.do('press', { message: message.id, data: button.data });
  react = (message, emoji) => this.do('react', { message: message.id, emoji });
  reply = (message) => this.composer.replyTo(message);
  goTo = (id) => this.list.goTo(id);
}

const threadOf = (tab) => (tab.dataset.thread === '' ? null : Number(tab.dataset.thread));

function membersInWords({ members }) {
  return members.length === 1 ? '1 member' : `${members.length} members`;
}

function subtitleOf(info) {
  if (info.isBotTyping) return 'is typing…';
  if (info.kind === 'group') return botInWords(info);
  return info.app === 'signal' ? `Signal, ${info.botNumber}` : 'bot';
}

function botInWords({ members, botIs }) {
  const bot = { administrator: 'the bot is an admin', member: 'with the bot', restricted: 'with the bot' }[botIs] ?? 'the bot is not here';
  return `${membersInWords({ members })}, ${bot}`;
}

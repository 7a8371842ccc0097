import { make } from './dom.js';
import { messageItem } from './message.js';
import { thumbUp } from './signal.js';
import { roomSize } from './room.js';

/** Messages that follow each other faster than this come without a fade: they would be seen through when the next one comes. */
const calm = 700;

/** So many pixels from the end still count as being there. */
const nearEnd = 48;

/** Draws one room and stays at its end, unless the reader has scrolled up. */
export class MessageList {
  /** @param onFollowing told when the reader comes to the end or leaves it */
  constructor(log, phone, onFollowing) {
    this.log = log;
    this.phone = phone;
    this.onFollowing = onFollowing;
    this.following = true;
    this.shortened = false;
    this.drawnAt = -calm;
    this.seen = { top: 0, height: 0, room: 0 };
    this.items = make('div', { class: 'items' });
    this.earlier = make('button', { type: 'button', class: 'earlier', onclick: () => phone.showEarlier() }, 'Show earlier messages');
    log.append(this.earlier, this.items);
    log.addEventListener('scroll', () => this.scrolled(), { passive: true });
    log.addEventListener('keydown', (event) => this.keyPressed(event));

    // New messages, an edit, a photo that has come, a composer that has grown: whatever changes a size.
    const sizes = new ResizeObserver(() => this.settle());
    sizes.observe(log);
    sizes.observe(this.items);
  }

  show(room) {
    this.room = room;
    room.shorten(roomSize);
    this.log.setAttribute('aria-busy', 'true');
    this.items.replaceChildren(...this.itemsUpTo(room.messages.length));
    this.log.removeAttribute('aria-busy');
    this.earlier.hidden = !room.hasEarlier;
    this.follow();
  }

  /** Draws one message that is new or has changed. */
  draw(message, isNew) {
    const index = this.room.indexOf(message.id);
    const item = messageItem(message, this.room.messages[index - 1], this.phone);
    if (isNew) {
      const now = performance.now();
      if (now - this.drawnAt > calm) item.classList.add('arrives');
      this.drawnAt = now;
      this.items.append(item);
      this.shorten();
    } else {
      item.classList.add('changes');
      const old = this.items.children[index];
      const hadFocus = old.contains(document.activeElement);
      old.replaceWith(item);
      if (hadFocus) (item.querySelector('.key') ?? item.querySelector('.bubble'))?.focus({ preventScroll: true });
    }
  }

  /** Puts earlier messages above, without moving what is being read. */
  addEarlier(count) {
    const { room, log } = this;
    this.following = false;
    const height = log.scrollHeight;
    log.setAttribute('aria-busy', 'true');
    this.items.prepend(...this.itemsUpTo(count));
    this.redraw(count);
    this.earlier.hidden = !room.hasEarlier;
    log.removeAttribute('aria-busy');
    log.scrollTop += log.scrollHeight - height;
  }

  follow() {
    this.following = true;
    this.settle();
    this.onFollowing();
  }

  settle() {
    this.shortened = false;
    if (this.following) this.log.scrollTop = this.log.scrollHeight;
    this.look();
  }

  goTo(id) {
    const bubble = this.items.querySelector(`[data-id="${CSS.escape(id)}"] .bubble`);
    bubble?.scrollIntoView({ block: 'center' });
    bubble?.focus({ preventScroll: true });
  }

  itemsUpTo(count) {
    const { messages } = this.room;
    return messages.slice(0, count).map((message, index) => messageItem(message, messages[index - 1], this.phone));
  }

  itemOf(id) {
    return this.items.querySelector(`[data-id="${CSS.escape(id)}"]`);
  }

  /** Whoever reads old messages keeps them; at the end the oldest go. */
  shorten() {
    if (!this.following) return;
    const gone = this.room.shorten(roomSize);
    if (gone === 0) return;
    this.shortened = true;
    requestAnimationFrame(() => { this.shortened = false; });
    for (let i = 0; i < gone; i++) this.items.firstElementChild.remove();
    this.redraw(0);
    this.earlier.hidden = false;
  }

  /** A message whose neighbour above has changed may begin a day, or a talk, or no longer. */
  redraw(index) {
    const message = this.room.messages[index];
    if (message) this.items.children[index]?.replaceWith(messageItem(message, this.room.messages[index - 1], this.phone));
  }

  look() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    this.seen = { top: scrollTop, height: scrollHeight, room: clientHeight };
    return this.seen;
  }

  scrolled() {
    const before = this.seen;
    const now = this.look();

    // Only the reader moves up, or the browser where there is less to scroll. What has grown below is nobody's doing.
    const isLess = this.shortened || now.height < before.height || now.room > before.room;
    const atEnd = now.height - now.top - now.room < nearEnd;
    const following = atEnd || (this.following && (isLess || now.top >= before.top - 1));
    if (following === this.following) return;
    this.following = following;
    this.onFollowing();
  }

  keyPressed(event) {
    const current = document.activeElement?.closest('.item');
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const bubbles = [...this.items.querySelectorAll('.bubble')];
      const at = bubbles.indexOf(current?.querySelector('.bubble'));
      const next = at < 0 ? bubbles.at(-1) : bubbles[at + (event.key === 'ArrowUp' ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    } else if (['Enter', '+'].includes(event.key) && document.activeElement?.classList.contains('bubble')) {
      const message = this.room.messages[this.room.indexOf(Number(current.dataset.id))];
      event.preventDefault();
      if (!this.phone.canReply || message.deleted) return;
      if (event.key === 'Enter') this.phone.reply(message);
      else if (this.phone.isSignal) this.phone.react(message, thumbUp);
    }
  }
}

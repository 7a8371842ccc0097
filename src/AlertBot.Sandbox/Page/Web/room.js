/** How many messages are drawn at once; more only when somebody asks for them. */
export const roomSize = 200;

/** The messages of a chat, or of one topic of a forum, in their order. */
export class Room {
  constructor({ thread, messages, hasEarlier }) {
    this.thread = thread ?? null;
    this.messages = messages;
    this.hasEarlier = hasEarlier;
    this.unread = 0;
  }

  indexOf(id) {
    let [low, high] = [0, this.messages.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (this.messages[middle].id === id) return middle;
      if (this.messages[middle].id < id) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  /** @returns 'new', 'changed', or 'unseen' for a change in what is not loaded */
  put(message) {
    const index = this.indexOf(message.id);
    if (index >= 0) {
      this.messages[index] = message;
      return 'changed';
    }
    if (this.messages.length > 0 && message.id < this.messages.at(-1).id) return 'unseen';
    this.messages.push(message);
    return 'new';
  }

  addEarlier({ messages, hasEarlier }) {
    this.messages.unshift(...messages);
    this.hasEarlier = hasEarlier;
  }

  /** Forgets the oldest; "show earlier" brings them back. */
  shorten(size) {
    const surplus = this.messages.length - size;
    if (surplus <= 0) return 0;
    this.messages.splice(0, surplus);
    this.hasEarlier = true;
    return surplus;
  }

  /** What the bot asks for a location with, unless it has been answered. */
  get asksLocation() {
    const last = this.messages.findLast((message) => !message.service && !message.deleted);
    return Boolean(last?.asksLocation);
  }
}

import { icon, make } from './dom.js';

export const thumbUp = '👍';

/** How far a message has come that this person wrote, in words and as Signal draws it. */
const ticks = { sent: 'sent', delivered: 'delivered', read: 'read' };

export function tick(state) {
  const words = ticks[state] ?? ticks.sent;
  return make('span', { class: `tick tick-${words}`, role: 'img', 'aria-label': words, title: words }, icon(`i-${words}`));
}

export function reactButton(message, phone) {
  return make('button', {
    type: 'button', class: 'reply-button react-button', tabindex: '-1', title: `React with ${thumbUp}`, 'aria-label': `React with ${thumbUp}`,
    onclick: () => phone.react(message, thumbUp),
  }, thumbUp);
}

/** What people think of a message. Pressing one puts it there, or takes one's own back. */
export function reactions(message, phone) {
  return make('div', { class: 'reactions', role: 'group', 'aria-label': 'Reactions', dir: 'ltr' }, ...message.reactions.map(({ emoji, by, names }) => {
    const own = by.includes(phone.ownId);
    return make('button', {
      type: 'button', class: 'reaction', 'aria-pressed': String(own), disabled: !phone.canReply, title: names.join(', '),
      'aria-label': `${emoji} from ${names.join(', ')}`, onclick: () => phone.react(message, emoji),
    }, make('bdi', {}, emoji), by.length > 1 ? String(by.length) : '');
  }));
}

/** A click on a message answers it, unless it hits something in it, or ends the marking of words. */
export function answersOnClick(bubble, message, phone) {
  bubble.addEventListener('click', (event) => {
    if (event.target.closest('a, button, .spoiler') || !getSelection().isCollapsed) return;
    phone.reply(message);
  });
}

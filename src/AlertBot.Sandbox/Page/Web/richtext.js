import { make } from './dom.js';

const simple = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre', blockquote: 'blockquote' };

/**
 * The text of a message with its styles. Offsets count UTF-16 units, as JavaScript does.
 * @param onCommand told when somebody presses a /command
 */
export function richText(text, entities, onCommand) {
  const sorted = [...(entities ?? [])]
    .filter((entity) => entity.length > 0)
    .sort((left, right) => left.offset - right.offset || right.length - left.length);
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, sorted, onCommand);
  return fragment;
}

function fill(parent, text, from, to, entities, onCommand) {
  let at = from;
  let waiting = entities;
  while (waiting.length > 0) {
    const entity = waiting[0];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);

    // What begins inside belongs inside; what reaches over the end goes on behind it.
    const inside = [];
    const behind = [];
    for (const next of waiting.slice(1)) {
      const nextEnd = next.offset + next.length;
      if (next.offset < end) inside.push({ ...next, length: Math.min(nextEnd, end) - next.offset });
      if (nextEnd > end) behind.push(next.offset < end ? { ...next, offset: end, length: nextEnd - end } : next);
    }
    waiting = behind;
    if (end <= start) continue;

    parent.append(text.slice(at, start));
    const element = elementOf(entity, text.slice(start, end), onCommand);
    fill(element, text, start, end, inside, onCommand);
    parent.append(element);
    at = end;
  }

  parent.append(text.slice(at, to));
}

function elementOf(entity, words, onCommand) {
  switch (entity.type) {
    case 'spoiler':
      return spoiler();
    case 'text_link':
      return link(entity.url);
    case 'url':
      return link(words);
    case 'bot_command':
      return make('button', { type: 'button', class: 'command', onclick: () => onCommand(words) });
    case 'mention':
      return make('span', { class: 'mention' });
    default:
      return make(simple[entity.type] ?? 'span');
  }
}

/** Only addresses that a browser opens as a page; anything else ("javascript:") stays text. */
export function link(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && ['http:', 'https:'].includes(url.protocol)
    ? make('a', { href: url.href, target: '_blank', rel: 'noopener noreferrer', title: url.href })
    : make('span');
}

function spoiler() {
  const hidden = make('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Hidden text: press to read' });
  const open = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    hidden.className = 'spoiler open';
    for (const name of ['role', 'tabindex', 'aria-label']) hidden.removeAttribute(name);
    hidden.removeEventListener('click', open);
    hidden.removeEventListener('keydown', open);
  };
  hidden.addEventListener('click', open);
  hidden.addEventListener('keydown', open);
  return hidden;
}

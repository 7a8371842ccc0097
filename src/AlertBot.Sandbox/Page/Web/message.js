import { colourOf, icon, make } from './dom.js';
import { mapOf, nearestOf } from './map.js';
import { link, richText } from './richtext.js';
import { answersOnClick, reactButton, reactions, tick } from './signal.js';
import { dayInWords, dayOf, hoursOf, minutesBetween } from './times.js';

/** Minutes between two messages of one sender that still read as one talk. */
const oneTalk = 5;

/**
 * One message with what stands above it: the day, when another day begins.
 * @param phone says who reads (ownId, isGroup) and does what the reader wants (press, command, reply)
 */
export function messageItem(message, previous, phone) {
  const newDay = !previous || dayOf(previous.at) !== dayOf(message.at);
  const item = make('article', { class: 'item', 'data-id': message.id });
  if (newDay) item.append(make('p', { class: 'day' }, dayInWords(message.at)));

  if (message.service) {
    item.append(make('p', { class: 'service' }, make('bdi', {}, message.text)));
    return item;
  }

  const own = message.senderId === phone.ownId;
  const goesOn = !newDay && !previous.service && previous.senderId === message.senderId
    && minutesBetween(previous.at, message.at) < oneTalk;
  item.classList.add(own ? 'own' : 'theirs');
  if (goesOn) item.classList.add('goes-on');
  item.append(bubble(message, own, goesOn, phone));
  if (message.buttons && !message.deleted) item.append(keyboard(message, phone));
  return item;
}

function bubble(message, own, goesOn, phone) {
  const element = make('div', { class: 'bubble', tabindex: '-1', dir: 'auto' });
  if (phone.isGroup && !own && !goesOn) {
    const colour = message.isBot ? 'of-bot' : colourOf(message.sender);
    const role = message.role ? make('span', { class: 'sender-role' }, message.role) : null;
    element.append(make('p', { class: `sender ${colour}`, dir: 'ltr' }, make('bdi', {}, message.sender), role));
  }

  if (message.deleted) {
    element.classList.add('deleted');
    element.append(make('p', { class: 'text', dir: 'ltr' }, icon('i-trash'), 'This message was deleted'), meta(message));
    return element;
  }

  if (message.reply) element.append(quote(message.reply, phone));
  if (message.file) element.append(file(message, phone));
  if (message.location) element.append(place(message.location));
  if (message.text) {
    // The inner element keeps a right-to-left override inside: what follows it reads as it should.
    element.append(make('div', { class: `text ${onlyEmoji(message) ? 'large' : ''}` },
      make('span', { class: 'words' }, richText(message.text, message.entities, phone.command))));
  }

  element.append(meta(message, own));
  if (phone.canReply) {
    element.append(make('button', {
      type: 'button', class: 'reply-button', tabindex: '-1', title: 'Reply', 'aria-label': 'Reply', onclick: () => phone.reply(message),
    }, icon('i-reply')));
    if (phone.isSignal) {
      element.append(reactButton(message, phone));
      answersOnClick(element, message, phone);
    }
  }
  if (message.reactions) element.append(reactions(message, phone));
  return element;
}

function meta(message, own = false) {
  // A message changed on its day shows when: what stood there before is what people remember.
  const shown = message.editedAt && dayOf(message.editedAt) === dayOf(message.at) ? message.editedAt : message.at;
  const parts = [make('time', { datetime: shown }, hoursOf(shown))];
  if (message.silent) {
    const words = 'sent without sound';
    parts.unshift(make('span', { class: 'silent', role: 'img', 'aria-label': words, title: words }, icon('i-silent')));
  }
  if (message.editedAt) {
    const title = `sent ${dayInWords(message.at)} ${hoursOf(message.at)}, edited ${dayInWords(message.editedAt)} ${hoursOf(message.editedAt)}`;
    parts.unshift(make('span', { class: 'edited', title }, 'edited'));
  }
  if (message.state && own) parts.push(tick(message.state));
  return make('p', { class: 'meta' }, ...parts);
}

function quote(reply, phone) {
  const label = `In reply to ${reply.sender}: ${reply.text}`;
  return make('button', { type: 'button', class: 'quote', 'aria-label': label, onclick: () => phone.goTo(reply.id) },
    make('bdi', { class: 'quote-sender' }, reply.sender), make('bdi', { class: 'quote-text' }, reply.text));
}

function file(message, phone) {
  const { id, kind, name, size } = message.file;
  const address = `/page/files/${encodeURIComponent(id)}`;
  if (kind === 'photo') {
    return make('a', { class: 'photo', href: address, target: '_blank', rel: 'noopener' },
      make('img', { src: address, alt: `Photo from ${message.sender}`, onload: phone.settle }));
  }
  if (kind === 'voice') {
    return make('div', { class: 'voice' },
      player(message, address, phone),
      make('a', { class: 'voice-file', href: address, download: name }, make('bdi', {}, name), `, ${sizeInWords(size)}`));
  }
  return make('a', { class: 'file', href: address, download: name },
    make('span', { class: 'file-icon' }, icon(kind === 'video' ? 'i-video' : 'i-file')),
    make('span', { class: 'file-words' }, make('bdi', { class: 'file-name' }, name), make('span', { class: 'file-size' }, sizeInWords(size))));
}

// What cannot be played is there to be loaded all the same.
function player(message, address, phone) {
  return make('audio', {
    controls: true, preload: 'metadata', src: address, 'aria-label': `Voice message from ${message.sender}`,
    onloadedmetadata: phone.settle, onerror: (event) => event.currentTarget.remove(),
  });
}

function place({ latitude, longitude }) {
  const near = nearestOf({ latitude, longitude });
  return make('div', { class: 'place' }, mapOf({ latitude, longitude }),
    make('p', { class: 'place-words' }, icon('i-pin'), `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`),
    near && make('p', { class: 'place-near' }, near));
}

function keyboard(message, phone) {
  return make('div', { class: 'keyboard', role: 'group', 'aria-label': 'Buttons of the message' },
    ...message.buttons.map((row) => make('div', { class: 'keys' }, ...row.map((button) => key(message, button, phone)))));
}

function key(message, button, phone) {
  if (button.url) {
    const open = link(button.url);
    open.className = 'key';
    open.append(make('bdi', {}, button.text), icon('i-open'));
    return open;
  }
  return make('button', {
    type: 'button', class: 'key', 'data-data': button.data, onclick: () => phone.press(message, button),
  }, make('bdi', {}, button.text));
}

function onlyEmoji(message) {
  return message.text.length <= 12 && /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\uFE0F\u200D]*)+$/u.test(message.text);
}

export function sizeInWords(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

import { icon, make } from './dom.js';
import { sizeInWords } from './message.js';
import { askForPlace } from './place.js';
import { canRecord, Recording } from './voice.js';

const largestFile = 20 * 1024 * 1024;
const largestPhoto = 10 * 1024 * 1024;

/** Where a person writes. */
export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.part = phone.part;
    this.reply = null;
    this.file = null;
    this.recording = null;
    const { part } = this;
    part('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    part('text').addEventListener('keydown', (event) => this.keyPressed(event));
    part('text').addEventListener('input', () => this.written());
    part('attach').addEventListener('click', () => part('file').click());
    part('file').addEventListener('change', () => this.attach(part('file').files[0]));
    part('location').addEventListener('click', () => this.sendLocation());
    part('share-location').addEventListener('click', () => this.sendLocation());
    part('commands').addEventListener('click', () => this.showMenu(part('menu').hidden ? '' : null));
    part('menu').addEventListener('keydown', (event) => this.menuKeyPressed(event));
    part('start').addEventListener('click', () => this.phone.do('text', { text: '/start' }));
    part('unblock').addEventListener('click', () => this.phone.do('block', { blocked: false }));
    part('as').addEventListener('change', () => this.phone.list.show(this.phone.room));
    part('cancel-reply').addEventListener('click', () => this.replyTo(null));
    part('cancel-file').addEventListener('click', () => this.attach(null));
    part('record').addEventListener('click', () => this.record());
    part('cancel-recording').addEventListener('click', () => this.stopRecording()?.giveUp());
    this.offerRecording();
  }

  /** In a group: the member who acts. */
  get actor() {
    return Number(this.part('as').value) || null;
  }

  inform(info) {
    const { part } = this;
    const isGroup = info.kind === 'group';
    part('as-row').hidden = !isGroup;
    if (isGroup) this.fillActors(info.members);
    const canWrite = !info.gone && !info.blocked && info.started !== false;
    part('composer').hidden = !canWrite;
    part('start').hidden = info.gone || info.blocked || info.started !== false;
    part('unblock').hidden = info.gone || !info.blocked;
    part('gone').hidden = !info.gone;
    part('gone').textContent = isGroup ? 'This group was deleted' : 'This account was deleted';
    part('text').setAttribute('aria-label', isGroup ? `Message to ${info.name}` : `Message from ${info.name}`);
    part('commands').hidden = info.commands.length === 0;
    this.commands = info.commands;
  }

  offerLocation(isAsked) {
    this.part('share-location').hidden = !isAsked;
  }

  replyTo(message) {
    this.reply = message;
    this.part('reply').hidden = !message;
    if (!message) return;
    this.part('reply-sender').textContent = message.sender;
    this.part('reply-text').textContent = message.text || message.file?.kind || 'Location';
    this.part('text').focus();
  }

  attach(file) {
    const { part, phone } = this;
    part('file').value = '';
    const limit = file?.type.startsWith('image/') ? largestPhoto : largestFile;
    if (file && file.size > limit) {
      phone.toast(`${sizeInWords(file.size)} is too large: at most ${sizeInWords(limit)}.`, true);
      return;
    }
    this.file = file;
    part('attached').hidden = !file;
    this.offerRecording();
    if (!file) return;
    part('attached-name').textContent = `${file.name}, ${sizeInWords(file.size)}`;
    part('text').focus();
  }

  // Where there is nothing to send, a voice can be recorded.
  offerRecording() {
    const isOffered = canRecord && !this.recording && !this.file && !this.part('text').value.trim();
    this.part('record').hidden = !isOffered;
    this.part('send').hidden = isOffered;
  }

  async record() {
    const { part, phone } = this;
    try {
      this.recording = await Recording.begin();
    } catch {
      phone.toast('The browser does not let this page use a microphone.', true);
      return;
    }
    const show = () => { part('recorded').textContent = this.recording?.length ?? ''; };
    this.recordingTimer = setInterval(show, 250);
    show();
    part('recording').hidden = false;
    this.offerRecording();
    part('send').focus();
  }

  /** @returns what was recorded until now, or null */
  stopRecording() {
    const { recording } = this;
    clearInterval(this.recordingTimer);
    this.recording = null;
    this.part('recording').hidden = true;
    this.offerRecording();
    return recording;
  }

  async sendVoice() {
    const voice = await this.stopRecording().finish();
    this.phone.list.follow();
    await this.phone.do('file', { name: voice.name, type: voice.type, data: await base64Of(voice), caption: '' });
  }

  async send() {
    if (this.recording) {
      await this.sendVoice();
      return;
    }
    const { part, phone, file, reply } = this;
    const text = part('text').value;
    if (!file && !text.trim()) return;

    // Emptied at once, so that a second Enter does not send it twice; given back when it could not be sent.
    part('text').value = '';
    this.written();
    this.attach(null);
    this.replyTo(null);
    phone.list.follow();
    const done = file
      ? await phone.do('file', { name: file.name, type: file.type || null, data: await base64Of(file), caption: text })
      : await phone.do('text', { text, replyTo: reply?.id ?? null });
    if (done) return;
    if (!part('text').value) part('text').value = text;
    if (file) this.attach(file);
    if (reply) this.replyTo(reply);
    this.written();
  }

  async sendLocation() {
    const place = await askForPlace(this.phone.info.zone);
    if (place) await this.phone.do('location', place);
  }

  written() {
    const { value } = this.part('text');
    this.part('grow').dataset.value = value;
    this.offerRecording();
    this.showMenu(/^\/\w*$/.test(value) ? value.slice(1) : null);
  }

  /** @param beginning what the commands begin with; null closes the menu */
  showMenu(beginning) {
    const fitting = beginning === null ? [] : (this.commands ?? []).filter(({ name }) => name.startsWith(beginning.toLowerCase()));
    this.part('menu').hidden = fitting.length === 0;
    this.part('commands').setAttribute('aria-expanded', String(fitting.length > 0));
    this.part('menu').replaceChildren(...fitting.map(({ name, description }) => make('button', {
      type: 'button', class: 'menu-item', onclick: () => this.choose(name),
    }, make('span', { class: 'menu-name' }, `/${name}`), make('bdi', { class: 'menu-words' }, description))));
  }

  choose(name) {
    this.part('text').value = '';
    this.written();
    this.part('text').focus();
    this.phone.do('text', { text: `/${name}` });
  }

  keyPressed(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'ArrowUp' && !this.part('menu').hidden) {
      event.preventDefault();
      this.part('menu').lastElementChild.focus();
    } else if (event.key === 'Escape') {
      this.stopRecording()?.giveUp();
      this.showMenu(null);
      this.replyTo(null);
    }
  }

  menuKeyPressed(event) {
    const step = { ArrowUp: 'previousElementSibling', ArrowDown: 'nextElementSibling' }[event.key];
    if (event.key === 'Escape') this.showMenu(null);
    if (!step && event.key !== 'Escape') return;
    event.preventDefault();
    ((step && document.activeElement[step]) ?? this.part('text')).focus();
  }

  fillActors(members) {
    const select = this.part('as');
    const chosen = select.value;
    select.replaceChildren(...members.map(({ id, name, role }) => make('option', { value: id }, role ? `${name} (${role})` : name)));
    if (members.some(({ id }) => String(id) === chosen)) select.value = chosen;
  }
}

async function base64Of(file) {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.addEventListener('load', resolve);
    reader.addEventListener('error', () => reject(reader.error));
    reader.readAsDataURL(file);
  });
  return reader.result.slice(reader.result.indexOf(',') + 1);
}

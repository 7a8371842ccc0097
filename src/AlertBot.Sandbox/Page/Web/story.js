import { make } from './dom.js';
import { server } from './feed.js';

const part = (name) => document.getElementById(`story-${name}`);

/** The caption above the phones: which phone to look at, which button one may press, and in the end what to try. */
export class Story {
  /** @param phones all phones by their keys; @param onLayout told when other phones are shown than before */
  constructor(phones, onLayout) {
    Object.assign(this, { phones, onLayout, story: null, isRevealed: false });
    this.panel = document.getElementById('story');
    new MutationObserver(() => {
      this.point();
      this.reveal();
    }).observe(document.getElementById('phones'), { childList: true, subtree: true });
  }

  show(story) {
    const before = this.speaking;
    this.story = story;
    if (before && before !== this.speaking) before.list.follow();
    this.isRevealed = false;
    this.panel.hidden = !story;
    document.body.classList.toggle('has-scene', Boolean(story?.scene));
    this.panel.dataset.on = story?.on ?? '';
    this.layOut();
    if (!story) return;

    part('scene').textContent = story.scene ? `${story.scene} of ${story.scenes}` : '';
    part('on').textContent = story.on ? `Look at ${story.on}` : '';
    part('caption').textContent = story.caption;
    part('press').hidden = !story.press;
    part('press').textContent = story.press ? `You may press “${story.press}” on ${story.on}’s phone now, or watch.` : '';
    part('choices').replaceChildren(...story.choices.map(({ word, label }) => make('button', {
      type: 'button', class: 'story-choice', onclick: (event) => choose(word, event.currentTarget),
    }, label)));
    part('tries').hidden = story.tries.length === 0;
    part('tries').replaceChildren(...story.tries.map((one) => make('li', {}, make('button', {
      type: 'button', class: 'story-try', onclick: () => this.write(one),
    }, make('strong', {}, make('bdi', {}, one.on)), ' ', make('span', {}, one.what), ' ', make('bdi', { class: 'story-text' }, one.text)))));
    this.point();
    this.reveal();
  }

  get speaking() {
    return [...this.phones.values()].find((phone) => phone.info.name === this.story?.on);
  }

  /** Phones that take part stand; where there is room for one alone, it is the one that speaks. */
  layOut() {
    const cast = this.story?.cast ?? [];
    for (const phone of this.phones.values()) {
      const { name } = phone.info;
      phone.root.classList.toggle('is-off-stage', cast.length > 0 && !cast.includes(name));
      phone.root.classList.toggle('is-speaking', Boolean(this.story?.on) && name === this.story.on);
    }
    this.onLayout();
    this.speaking?.root.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.speaking?.list.follow();
  }

  /** What the scene is about stays in view until the next one, whatever comes below it. */
  reveal() {
    const phone = this.speaking;
    if (!phone || !this.story.scene || this.isRevealed) return;
    const { words } = this.story;
    const part = phone.root.querySelector('.key.is-pointed')
      ?? (words ? [...phone.root.querySelectorAll('.bubble')].filter((bubble) => bubble.textContent.includes(words)).at(-1) : null);
    if (!part) return;

    this.isRevealed = true;
    phone.list.settle();
    phone.list.following = false;
    const log = phone.part('log');
    const [box, room] = [part.getBoundingClientRect(), log.getBoundingClientRect()];
    if (box.top < room.top || box.height > room.height) log.scrollTop += box.top - room.top - 8;
    else if (box.bottom > room.bottom) log.scrollTop += box.bottom - room.bottom + 8;
  }

  /** A ring around the button that may be pressed: the newest of its name. */
  point() {
    for (const key of document.querySelectorAll('.key.is-pointed')) key.classList.remove('is-pointed');
    if (!this.story?.press) return;
    const keys = [...(this.speaking?.root.querySelectorAll('.key') ?? [])].filter((key) => key.textContent.trim() === this.story.press);
    keys.at(-1)?.classList.add('is-pointed');
  }

  write({ on, text }) {
    const phone = [...this.phones.values()].find(({ info }) => info.name === on);
    if (!phone) return;
    phone.root.scrollIntoView({ block: 'nearest', inline: 'center' });
    phone.part('text').value = text;
    phone.composer.written();
    phone.part('text').focus({ preventScroll: true });
  }
}

async function choose(word, button) {
  button.disabled = true;
  if (await server.post('/page/do/choose', { word })) button.disabled = false;
}

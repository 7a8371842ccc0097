const colours = ['as the system', 'light', 'dark'];

/** Keeps a choice for the next visit; where the browser keeps nothing it is made again. */
const kept = {
  get: (name) => { try { return localStorage.getItem(name); } catch { return null; } },
  set: (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept */ } },
};

/** Light or dark, and on a narrow page one phone or two. */
export function offerLooks() {
  const button = document.getElementById('colours-toggle');
  let chosen = Math.max(0, colours.indexOf(kept.get('colours')));
  const showColours = () => {
    document.documentElement.dataset.colours = colours[chosen];
    button.setAttribute('aria-label', `Colours: ${colours[chosen]}`);
    button.title = `Colours: ${colours[chosen]}`;
  };
  button.addEventListener('click', () => {
    chosen = (chosen + 1) % colours.length;
    kept.set('colours', colours[chosen]);
    showColours();
  });
  showColours();

  const pair = document.getElementById('pair-toggle');
  pair.addEventListener('click', () => {
    const isPaired = document.body.classList.toggle('is-paired');
    pair.setAttribute('aria-pressed', String(isPaired));
  });
}

/** Makes an element. A string among the children becomes text, never markup. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'class') element.className = value;
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return element;
}

/** One of the pictures that index.html defines. */
export function icon(name, className = 'icon') {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', className);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${name}`);
  svg.append(use);
  return svg;
}

/** A copy of a template's only element, and a way to find its parts. */
export function copyOf(templateId) {
  const root = document.getElementById(templateId).content.firstElementChild.cloneNode(true);
  return { root, part: (name) => root.querySelector(`[data-part="${name}"]`) };
}

/** One of seven colours that a name always gets. */
export function colourOf(name) {
  let hash = 0;
  for (const unit of name) hash = (hash * 31 + unit.codePointAt(0)) % 9973;
  return `colour-${hash % 7}`;
}

export function initialsOf(name) {
  const words = name.trim().split(/\s+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  return words.slice(0, 2).map((word) => [...word].find((letter) => /\p{L}|\p{N}/u.test(letter))).join('').toUpperCase() || '?';
}

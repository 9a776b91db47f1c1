// What is wrong with the page as it lies there, as a list of texts. An expression: look.py evaluates it for each
// width, medium and colour scheme.
(() => {
  const wrong = [];
  const name = (e) => {
    const words = (e.querySelector?.('title, figcaption, caption') ?? e).textContent.trim().replace(/\s+/g, ' ');
    return `${e.localName}${e.classList.length ? '.' + [...e.classList].join('.') : ''} "${words.slice(0, 40)}"`;
  };
  const say = (what, ...elements) => wrong.push([what, ...elements.map(name)].join(': '));
  const shown = (e) => e.checkVisibility() && e.getBoundingClientRect().width > 0;
  const width = document.documentElement.clientWidth;
  const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);

  // what must be there
  for (const table of all('table')) if (!table.caption?.textContent.trim()) say('a table without a caption', table);
  for (const svg of all('svg')) {
    const desc = svg.getAttribute('aria-describedby');
    if (svg.getAttribute('role') !== 'img' || !svg.querySelector(':scope > title')?.textContent.trim() ||
        !document.getElementById(desc)?.textContent.trim()) say('a drawing without title or description', svg);
    if (!svg.closest('figure')?.querySelector('figcaption')) say('a drawing without a caption', svg);
  }
  for (const e of document.querySelectorAll('script, [style], iframe, object, embed, link'))
    say('an element that has no place here', e);
  for (const e of document.querySelectorAll('a[href]'))
    if (!e.getAttribute('href').startsWith('#')) say('a link that leads out', e);
    else if (!document.getElementById(e.getAttribute('href').slice(1))) say('a link that leads nowhere', e);

  // nothing sticks out and nothing is cut off
  if (document.documentElement.scrollWidth > width)
    say(`the page is ${document.documentElement.scrollWidth} wide, of ${width}`);
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowX);
  const out = (e) => e.getBoundingClientRect().right > width + 1 || e.getBoundingClientRect().left < -1;
  for (const e of all('body *')) {
    if (out(e) && !out(e.parentElement) && !(e.closest('.scroll') && scrolls(e.closest('.scroll'))) &&
        !e.closest('.skip')) say('it sticks out', e);
    if (!e.closest('svg') && /hidden|clip/.test(getComputedStyle(e).overflow) &&
        (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)) say('it is cut off', e);
  }
  for (const cell of all('table:not(.text) :is(td, th.n)'))
    if (getComputedStyle(cell).textAlign !== 'right') say('a number that is not aligned right', cell);

  // labels of a drawing: within it, and none upon another
  for (const svg of all('svg')) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter(shown).map((e) => [e, e.getBoundingClientRect()]);
    texts.forEach(([e, a], i) => {
      if (a.left < frame.left - 1 || a.right > frame.right + 1 || a.top < frame.top - 1 || a.bottom > frame.bottom + 1)
        say('a label outside its drawing', e);
      for (const [f, b] of texts.slice(i + 1))
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 0.25 * Math.min(a.height, b.height))
          say('labels upon one another', e, f);
      const size = parseFloat(getComputedStyle(e).fontSize) * svg.getScreenCTM().a;
      if (size < 9.5) say(`a label of ${size.toFixed(1)} pixels`, e);
    });
  }

  // contrast, by WCAG 2.2: of drawn shapes 3, of their labels 4.5 (axe-core looks at the text of HTML alone)
  const rgb = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
    .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] === 1) return c;
    }
    return [255, 255, 255];
  };
  const contrast = (x, y) => {
    const [a, b] = [light(x), light(y)].sort((p, q) => q - p);
    return (a + 0.05) / (b + 0.05);
  };
  for (const e of all('svg rect, svg path, svg line, svg circle, svg text')) {
    if (e.closest('.grid')) continue; // helps the eye along and says nothing
    const style = getComputedStyle(e), least = e.localName === 'text' ? 4.5 : 3;
    const colours = [style.fill, e.localName === 'text' ? 'none' : style.stroke].filter((c) => c !== 'none').map(rgb);
    const best = Math.max(0, ...colours.map((c) => contrast(c, ground(e))));
    if (best < least) say(`contrast ${best.toFixed(2)} of ${least}`, e);
  }
  return [...new Set(wrong)];
})()

"use strict";
// Shared by all pages: elements made of text only, never of markup, and the switch for light and dark.

function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

{
  const button = document.getElementById("theme");
  const themes = [["", "Auto"], ["light", "Light"], ["dark", "Dark"]];
  let at = 0;
  button?.addEventListener("click", () => {
    at = (at + 1) % themes.length;
    document.documentElement.style.colorScheme = themes[at][0];
    button.querySelector("span").textContent = themes[at][1];
  });
}

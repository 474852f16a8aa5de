var talk = [
 {"speaker": "Ada Quill", "minute": "01:20", "text": "Who lit it?"},
 {"speaker": "Bo Wick", "minute": "01:24", "text": "We did &amp; <em>twice</em>."}
];
render(talk);

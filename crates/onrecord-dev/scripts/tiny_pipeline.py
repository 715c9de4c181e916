"""Trains the tiny pipeline that the tests load, on invented sentences.

    python tiny_pipeline.py OUT_DIR

It has the parts that the default model lacks: static vectors, a morphologizer, an enabled sentence recogniser on a
HashEmbedCNN of its own, and a lemmatizer by look-up. It knows nothing; only that spaCy and the runtime agree counts.
"""

import sys

import numpy
import spacy
from spacy.lookups import Lookups
from spacy.training import Example
from spacy.util import fix_random_seed

TRAIN = [
    ("Holm met Tan in Pell .",
     ["PROPN", "VERB", "PROPN", "ADP", "PROPN", "PUNCT"],
     ["Number=Sing", "Tense=Past|VerbForm=Fin", "Number=Sing", "", "Number=Sing", "PunctType=Peri"],
     [1, 1, 1, 1, 3, 1], ["nsubj", "ROOT", "dobj", "prep", "pobj", "punct"],
     ["U-PERSON", "O", "U-PERSON", "O", "U-GPE", "O"], [1, 0, 0, 0, 0, 0]),
    ("She said no . He left .",
     ["PRON", "VERB", "INTJ", "PUNCT", "PRON", "VERB", "PUNCT"],
     ["Person=3", "Tense=Past|VerbForm=Fin", "", "PunctType=Peri", "Person=3", "Tense=Past|VerbForm=Fin", ""],
     [1, 1, 1, 1, 5, 5, 5], ["nsubj", "ROOT", "intj", "punct", "nsubj", "ROOT", "punct"],
     ["O", "O", "O", "O", "O", "O", "O"], [1, 0, 0, 0, 1, 0, 0]),
    ("The Norvik Post of Varn asked what it cost",
     ["DET", "PROPN", "PROPN", "ADP", "PROPN", "VERB", "PRON", "PRON", "VERB"],
     ["Definite=Def", "Number=Sing", "Number=Sing", "", "Number=Sing", "Tense=Past|VerbForm=Fin", "", "", ""],
     [2, 2, 5, 2, 3, 5, 8, 8, 5], ["det", "compound", "nsubj", "prep", "pobj", "ROOT", "dobj", "nsubj", "ccomp"],
     ["B-ORG", "I-ORG", "L-ORG", "O", "U-GPE", "O", "O", "O", "O"], [1, 0, 0, 0, 0, 0, 0, 0, 0]),
]

EMBED = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 16, "attrs": ["NORM", "SUFFIX", "ORTH", "SPACY"],
         "rows": [60, 40, 50, 5], "include_static_vectors": True}
ENCODE = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 16, "depth": 2, "window_size": 1,
          "maxout_pieces": 2}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16}
OWN = {"@architectures": "spacy.HashEmbedCNN.v2", "width": 12, "depth": 1, "embed_size": 40, "window_size": 1,
       "maxout_pieces": 3, "subword_features": True, "pretrained_vectors": None}


def transition_model(state_type, tok2vec):
    return {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": state_type, "extra_state_tokens": False,
            "hidden_width": 8, "maxout_pieces": 2, "use_upper": True, "nO": None, "tok2vec": tok2vec}


def main():
    fix_random_seed(3)
    nlp = spacy.blank("en")
    words = sorted({word for text, *_ in TRAIN for word in text.split()})
    vectors = numpy.random.RandomState(3).rand(len(words), 6).astype("f") - 0.5
    for word, vector in zip(words, vectors):
        nlp.vocab.set_vector(word, vector)
    tok2vec = {"@architectures": "spacy.Tok2Vec.v2", "embed": EMBED, "encode": ENCODE}
    nlp.add_pipe("tok2vec", config={"model": tok2vec})
    nlp.add_pipe("morphologizer", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": LISTENER}})
    nlp.add_pipe("parser", config={"min_action_freq": 1, "model": transition_model("parser", LISTENER)})
    nlp.add_pipe("senter", config={"model": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": OWN}},
                 before="parser")
    ruler = nlp.add_pipe("attribute_ruler")
    ruler.add([[{"POS": "VERB"}]], {"TAG": "V"})
    ruler.add([[{"LOWER": {"REGEX": "^h[eo]"}}, {"IS_SPACE": False}]], {"TAG": "NEXT"}, index=-1)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.add_pipe("ner", config={"model": transition_model("ner", OWN)})
    lookups = Lookups()
    lookups.add_table("lemma_lookup", {"met": "meet", "said": "say", "left": "leave", "cost": "cost"})
    examples = []
    for text, pos, morphs, heads, deps, entities, starts in TRAIN:
        doc = nlp.make_doc(text)
        annotation = {"pos": pos, "morphs": morphs, "heads": heads, "deps": deps, "entities": entities,
                      "sent_starts": starts}
        examples.append(Example.from_dict(doc, annotation))
    lemmatizer.initialize(lookups=lookups)
    with nlp.select_pipes(disable=["lemmatizer", "attribute_ruler"]):
        optimizer = nlp.initialize(lambda: examples)
        for _ in range(12):
            nlp.update(examples, sgd=optimizer)
    nlp.to_disk(sys.argv[1])


if __name__ == "__main__":
    main()

"""视为的效果不成立: where it comes to light that the condition of 第八条 never existed, two persons of 政务办 set the lapse aside."""

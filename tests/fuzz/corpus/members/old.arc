filedesc://a.arc 0.0.0.0 20260101000000 text/plain 17
1 1 Mill
URL IP a

http://a.example/ 1.2.3.4 20260101000000 text/html 24
HTTP/1.0 200 OK

<p>mill
http://b.example/x 1.2.3.4 20260101000001 text/html 3
abc

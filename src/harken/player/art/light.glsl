// Light, and only light: sky, star-water, breath, heartbeat, dissolving. What has a shape is drawn elsewhere.
// Each part begins with //# and its name; HEAD stands before every part, SKY before those that look at the sky.

//# HEAD
precision highp float;
uniform vec4 V;            // the picture's place: x, y of the horizon, scale, and pixels high
uniform float T, breath, unravel, ache, voice, lean;
uniform vec3 C[8];         // top mid low sun deep star fill key
uniform vec4 F;            // sun x, y; water; cloud
#define TOP C[0]
#define MID C[1]
#define LOW C[2]
#define SUN C[3]
#define DEEP C[4]
#define STAR C[5]
#define FILL C[6]
#define KEY C[7]
float hash(vec2 p){p=fract(p*vec2(123.34,345.45));p+=dot(p,p+34.345);return fract(p.x*p.y);}
vec3 show(vec3 c){c*=1.-.12*ache;c=c*(2.51*c+.03)/(c*(2.43*c+.59)+.14);return pow(max(c,0.),vec3(.72));}

//# WHOLE : A triangle that covers everything.
void main(){vec2 p=vec2((gl_VertexID<<1)&2,gl_VertexID&2);gl_Position=vec4(p*2.-1.,0,1);}

//# SKY
uniform sampler2D N;
float n1(vec2 p){return texture(N,p).r;}
float n4(vec2 p){return texture(N,p).g;}
vec3 gradient(float h){return mix(mix(LOW,MID,smoothstep(.0,.27,h)),TOP,smoothstep(.15,.52,h));}
vec3 sky(vec2 p){
 float h=max(0.,-p.y/560.);
 vec3 c=gradient(h);
 vec2 s=(p-F.xy)/vec2(1.15,.8);float r=length(s);
 c+=SUN*(exp(-r/34.)*.8+exp(-r/150.)*.34);
 float w=n4(p*vec2(.00042,.0011)+vec2(T*.0008,.3));
 float cl=n4(p*vec2(.0011,.0036)+vec2(T*.0013,w*.35));
 float lit=smoothstep(.40,.78,cl)*F.w;
 c+=mix(LOW,SUN,.35)*lit*.42*exp(-h*3.6);
 c*=1.-.22*smoothstep(.5,.30,cl)*F.w*smoothstep(.0,.2,h);
 float band=exp(-pow((p.x*.45+p.y*.75+250.+60.*(w-.5))/95.,2.));
 c+=mix(MID,STAR*.16,.5)*band*n4(p*.0035)*(1.-.75*breath)*.85;
 for(int i=0;i<2;i++){float k=i==0?9.:22.;vec2 g=p/k,id=floor(g);float a=hash(id+float(i)*31.);vec2 q=fract(g)-.5-(vec2(hash(id+3.1),hash(id+7.7))-.5)*.7;
  float big=step(.975,hash(id+5.5));float d=length(q)*k;float on=step(i==0?.80-.3*band:.86,a);
  c+=STAR*on*(exp(-d*d*(1.4-.9*big))*1.3+big*exp(-d*.7)*.22)*(.55+.45*sin(T*(.5+1.6*a)+a*60.))*smoothstep(.03,.22,h)*(1.-.80*breath)*(1.3-F.w*.6);}
 return c;}

//# BACKDROP +sky
out vec4 o;
void main(){
 vec2 p=(vec2(gl_FragCoord.x,V.w-gl_FragCoord.y)-V.xy)/V.z;
 vec3 c;
 if(p.y<0.||F.z<.2){c=sky(p);}
 else{
  float z=430./(p.y+1.5),x=p.x*z/430.,lz=log(z);
  float rip=(n1(vec2(x*.35,lz*.9+T*.035))-.5)+(n1(vec2(x*.9+.4,lz*2.2+T*.06))-.5)*.6;
  vec2 m=vec2(p.x+rip*p.y*.10,-p.y*.72-abs(rip)*p.y*.35-2.);
  vec3 ref=sky(m);
  float fres=mix(.20+.16*breath,.92,exp(-p.y/130.));
  c=DEEP*1.1+ref*fres*.62;
  float flow=n4(vec2(x*.22+rip*.05,lz*.34+T*.018));
  c+=mix(MID,mix(STAR,LOW,breath)*.35,.5)*pow(flow,3.)*1.5*smoothstep(4.,60.,p.y);
  float path=exp(-abs(p.x-F.x*.6+rip*14.)/(16.+p.y*.30));
  c+=SUN*path*(.10+.9*smoothstep(.05,.42,rip+.22*sin(lz*60.+T*1.6)))*exp(-p.y/150.)*.62;
  for(int i=0;i<3;i++){float f=float(i),k=5.+6.5*f;
   vec2 g=vec2(x*k,lz*k+T*(.16+.10*f)*(1.+f*.4)),id=floor(g);float a=hash(id+f*17.);
   vec2 q=fract(g)-.5-(vec2(hash(id+1.7),hash(id+5.2))-.5)*.72;
   float px=430./z/k;float d=length(q)*px;float s=.45+px*.020;
   float tw=.5+.5*sin(T*(.7+1.8*a)+a*70.);
   c+=STAR*step(.46+.08*f,a)*(exp(-d*d/(s*s))*(1.1+.9*tw)+exp(-d/(s*3.4))*.13)*smoothstep(1.2,4.5+3.*(1.-F.z),px)*(.4+.6*tw)*(1.-.25*breath)*F.z;}
  c*=mix(1.,.50,smoothstep(.45,1.25,abs(x)))*mix(1.,.80,smoothstep(120.,520.,p.y));
 }
 o=vec4(show(c),1);}

//# SHEET_V : A drawn sheet, a little nearer or farther than the horizon.
uniform float depth;uniform vec2 R;out vec2 tc;
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1);tc=q;vec2 px=q*R;
 px=V.xy+(px-V.xy)*(1.+depth*(.010+.020*lean));
 vec2 n=px/R*2.-1.;gl_Position=vec4(n.x,-n.y,0,1);}

//# SHEET
in vec2 tc;out vec4 o;uniform sampler2D A,D,N;uniform int kind;uniform vec2 R;
float beat(float t){t=fract(t);return exp(-26.*t*t)+.6*exp(-70.*(t-.22)*(t-.22));}
void main(){
 vec2 p=(tc*R-V.xy)/V.z;vec2 uv=tc;
 if(kind==3)uv.x+=.0016*sin(T*.7+p.y*.03+p.x*.02)*smoothstep(-60.,-240.,p.y);
 vec4 t=texture(A,uv);if(t.a<.004)discard;
 vec3 alb=t.rgb/t.a;vec3 c;
 float r=length((p-vec2(6.,-60.))*vec2(1.,.9));
 if(kind==0){c=mix(TOP*.5+LOW*.045,LOW*.92+SUN*.05,alb.r*alb.r);c+=SUN*.3*exp(-length(p-F.xy)/90.)*alb.r;}
 else{
  alb=pow(alb,vec3(1.75));
  float L=pow(165./max(r,150.),1.55);
  if(kind==5)L=.16;
  c=alb*(FILL*1.15+KEY*L*1.35);
  float low=smoothstep(40.,460.,p.y)*exp(-abs(p.x)/520.);
  c+=alb*mix(STAR,KEY,.4)*low*.30*(.75+.25*sin(T*.8+p.x*.015+p.y*.01));
  c+=LOW*exp(-max(r-150.,0.)/85.)*.11*(kind==2?.6:1.);
  if(kind==2){
   vec4 d=texture(D,uv);float id=d.g/max(d.r,.01),ph=d.b/max(d.r,.01);
   float th=id*.80+.06,grain=texture(N,p*.009).g*.7+texture(N,p*.05).g*.3;
   float gone=(unravel*1.12-th)*5.+(grain-.5)*1.1;
   c+=alb*vec3(1.9,.82,.30)*d.r*(.05+.34*beat(T*(.42+.16*id)+ph*3.)*(1.-.5*breath))*(.6+.4*L);
   if(unravel>0.){c=mix(c,alb*.5+vec3(1.25,.40,.09)*pow(smoothstep(-.3,.44,gone),2.),smoothstep(-.35,.2,gone)*smoothstep(.02,.2,unravel)*.9);
    t.a*=smoothstep(.62,1.,d.r)*(1.-smoothstep(.30,.44,gone));}}
 }
 o=vec4(show(c)*t.a,t.a);}

//# SHARDS +sky : Mirror shards: each shows the part of the sky that it is turned to.
in vec2 tc;out vec4 o;uniform sampler2D A;uniform vec2 R;
void main(){vec4 t=texture(A,tc);if(t.a<.3)discard;vec2 p=(tc*R-V.xy)/V.z;vec3 a=t.rgb/t.a;
 float up=clamp(p.y*.62+(a.r-.42)*430.,3.,620.);vec2 m=vec2(p.x*.7+(a.g-.5)*700.,-up);
 vec3 c=sky(m)*(.46+.5*a.g)+DEEP*.4;c*=mix(1.,.86,smoothstep(0.,480.,p.y));
 float tw=sin(T*(.35+a.g*.8)+a.g*14.+p.x*.01);
 c+=SUN*smoothstep(.93,1.,tw)*.55*(1.-a.b);
 c+=(SUN*.16+LOW*.30)*a.b*a.b*(.4+.6*exp(-max(p.y,0.)/260.));
 float rim=smoothstep(.05,.28,fwidth(a.r)+.6*fwidth(a.g))*(1.-a.b);c=mix(c,DEEP+MID*.30,rim*.6*smoothstep(6.,60.,p.y));
 c=mix(c,LOW*1.02+SUN*.1,exp(-max(p.y,0.)/26.)*.62);
 c*=1.-.5*unravel*smoothstep(.3,.9,a.g);
 o=vec4(show(c)*t.a,t.a);}

//# HEART_V : The books that stand for tellings, each with its own heart.
layout(location=0) in vec2 at;layout(location=1) in vec2 st;layout(location=2) in vec3 b; // nearness, stillness, phase
uniform vec2 R;out vec2 uv;out vec3 book;
void main(){uv=st;book=b;vec2 px=V.xy+at*V.z*(1.+1.*(.010+.020*lean));vec2 n=px/R*2.-1.;gl_Position=vec4(n.x,-n.y,0,1);}

//# HEART
in vec2 uv;in vec3 book;out vec4 o;
float beat(float t){t=fract(t);return exp(-26.*t*t)+.6*exp(-70.*(t-.22)*(t-.22));}
void main(){vec2 d=max(abs(uv)-vec2(.62,.80),0.)*vec2(1.,1.9);float inside=1.-smoothstep(.0,.24,max(d.x,d.y)),halo=exp(-dot(d,d)*3.2);
 float fade=1.-smoothstep(book.z*.7,book.z*.7+.25,unravel);
 float n=book.x/3.;float pulse=.22+.78*beat(T*mix(.40,1.05,n)*(1.-.25*ache)+book.z*7.);
 float e=(1.-book.y)*fade*(.08+.62*n*n+.16*n)*pulse;
 vec3 c=mix(vec3(1.2,.50,.18),vec3(1.7,1.02,.44),n)*(inside*(.42+.40*cos(uv.x*23.+sin(uv.y*3.)*.4))+halo*.40)*e;
 float dark=book.y*inside*.5*fade;
 o=vec4(show(c)*smoothstep(2.3,1.2,max(abs(uv.x)*.8,abs(uv.y))),dark);}

//# FIGURE_V : The one who comes.
uniform vec4 B;uniform vec2 R;uniform float flip;out vec2 tc,at; // B: feet x, y; width, height
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1);tc=q;vec2 p=B.xy+vec2((q.x-.43)*B.z,(q.y-.891)*B.w*flip);at=p;
 vec2 px=V.xy+p*V.z*(1.+1.2*(.010+.020*lean));vec2 n=px/R*2.-1.;gl_Position=vec4(n.x,-n.y,0,1);}

//# FIGURE
in vec2 tc,at;out vec4 o;uniform sampler2D A,D,N;uniform float near,here,flip;uniform vec4 B;
void main(){
 vec2 t=tc;float y=1.-tc.y;
 t.x+=voice*.004*sin(y*44.-T*5.)+.010*sin(T*.6+y*5.)*smoothstep(.55,.95,y)*smoothstep(.5,.8,tc.x);
 if(flip<0.){float d=(B.y-at.y)/B.w;t.x+=.018*sin(tc.y*34.+T*1.3)*(1.-tc.y);}
 float wash=smoothstep(.15,1.,unravel);
 if(wash>0.){float s=texture(N,vec2(t.x*2.3,.3)).g*.6+texture(N,vec2(t.x*6.1,.7)).r*.4;t.y-=wash*wash*(s-.25)*.42*smoothstep(.02,.5,t.y);}
 vec3 m=texture(A,t).rgb;
 float sharp=smoothstep(.05,.5,near);
 float a=mix(smoothstep(.08,.95,m.b)*.92,m.r,sharp)*here;
 vec4 d=texture(D,t);vec3 alb=pow(d.rgb/max(d.a,.01),vec3(1.7));
 float rim=smoothstep(.98,.45,m.g)*m.r,wide=smoothstep(.99,.5,m.b)*m.r;
 vec3 dark=FILL*.055+LOW*.03*tc.y;
 float see=smoothstep(.18,.95,near);
 vec3 lit=alb*(FILL*1.5+KEY*.34*(.55+.6*smoothstep(.62,.1,tc.x))+vec3(.30,.17,.08)*smoothstep(.35,.0,tc.y)+STAR*.30*smoothstep(.70,.97,tc.y));
 vec3 c=mix(dark,lit,see*.94);
 c+=(KEY*.85+LOW*.4)*rim*(.85-.35*see)*smoothstep(.84,.6,tc.y)+LOW*wide*.14;
 c+=KEY*.3*smoothstep(.30,.8,m.b)*(1.-m.r)*a*smoothstep(.86,.66,tc.y);
 vec2 s=(t-vec2(.244,.389))*vec2(46.,64.);c+=vec3(1.7,.9,.45)*exp(-dot(s,s))*(.25+.75*see)*(.7+.3*sin(T*1.1));
 if(flip<0.){a*=.52*smoothstep(.1,1.,tc.y);c=mix(c*.4,DEEP,.35);}
 a*=1.-smoothstep(.62,1.2,unravel+.5*texture(N,vec2(t.x*2.,t.y*.35)).g*unravel*(.4+t.y));
 float halo=smoothstep(.0,.9,m.b)*(1.-m.r)*here*(1.-smoothstep(.3,.75,unravel))*step(0.,flip);
 float ring=.5+.5*sin(length((tc-vec2(.42,.3))*vec2(.7,1.))*70.-T*3.4);
 vec3 g=(LOW*.5+SUN*.12)*halo*(.42+.5*voice*ring);
 o=vec4(show(c)*a+show(g)*(1.-a)*.7,a);}

//# DUST_V : Dust that the light finds.
uniform vec2 R;out float al;out vec3 cc;
float h1(float n){return fract(sin(n*12.9898)*43758.5453);}
void main(){float k=float(gl_VertexID)+1.;float s=mix(.3,1.,h1(k));vec2 p=vec2(h1(k+.3)*2.-1.,fract(h1(k+.7)-T*.008*(.4+s)));
 p=vec2(p.x*520.*s+26.*sin(T*.21+k),mix(-330.,390.,p.y)+14.*cos(T*.17+k*2.));
 gl_PointSize=(1.3+2.6*s*s+7.*step(.93,h1(k+2.)))*V.z;al=(.20+.5*s)*(.5+.5*sin(T*.9+k*3.))*exp(-length(p)/620.);
 cc=mix(KEY,SUN,.4);vec2 px=V.xy+p*V.z,n=px/R*2.-1.;gl_Position=vec4(n.x,-n.y,0,1);}

//# DUST
in float al;in vec3 cc;out vec4 o;void main(){vec2 q=gl_PointCoord*2.-1.;o=vec4(show(cc*exp(-dot(q,q)*4.5)*al*.8),0.);}

//# MOTH_V : The books, once they are moths.
layout(location=0) in vec2 from;layout(location=1) in vec2 own;uniform vec2 R;out vec2 uv;out float al,lit,flap;
void main(){vec2 q=vec2(gl_VertexID&1,gl_VertexID>>1)*2.-1.;float r=own.x,s=own.y;
 float wait=r*.55;float u=clamp((unravel-wait*.8)/.55,0.,1.);
 float go=fract(r*7.3+T*(.020+.022*s));float w=u*mix(go,1.,.0);
 vec2 to=vec2(14.,-70.)+vec2(cos(r*40.),sin(r*57.))*vec2(120.,95.)*(1.-go*.5);
 vec2 p=mix(from,to,smoothstep(0.,1.,w));
 vec2 turn=vec2(sin(w*9.+r*30.+T*.55),cos(w*7.+r*50.+T*.48));p+=turn*mix(30.,90.,s)*u*(1.-.5*w);
 float near=mix(1.,.36,w)*mix(.55,1.5,s*s)*(s>.94?2.7:1.);
 float size=17.*near*smoothstep(0.,.25,u);
 vec2 v=(to-from)*.4+vec2(cos(w*9.+r*30.+T*.55)*90.,-sin(w*7.+r*50.+T*.48)*90.);float a=atan(v.x,-v.y)+.35*sin(T*2.+r*20.);
 flap=.30+.70*abs(sin(T*(5.+3.*r)+r*40.));
 vec2 c=q*size*vec2(1.12,1.);c=vec2(c.x*cos(a)-c.y*sin(a),c.x*sin(a)+c.y*cos(a));
 uv=q;al=smoothstep(0.,.2,u)*smoothstep(0.,.08,go)*(1.-smoothstep(.86,1.,go));lit=exp(-length(p-vec2(14.,-60.))/260.);
 vec2 px=V.xy+(p+c)*V.z,n=px/R*2.-1.;gl_Position=vec4(n.x,-n.y,0,1);}

//# MOTH
in vec2 uv;in float al,lit,flap;out vec4 o;uniform sampler2D A;
void main(){vec2 t=vec2(uv.x/flap,uv.y);if(abs(t.x)>1.)discard;vec4 m=texture(A,t*.5+.5);if(m.a<.01)discard;
 vec3 alb=pow(m.rgb/m.a,vec3(1.6));vec3 c=alb*(FILL*1.5+KEY*(.55+.9*lit)+vec3(.95,.55,.22)*.75)*(.55+.45*flap);
 o=vec4(show(c)*m.a*al,m.a*al);}

//# AIR : The air between: light that spills from the arch, mist on the water, and the dark at the edges.
out vec4 o;uniform sampler2D N;uniform vec2 R;
void main(){vec2 p=(vec2(gl_FragCoord.x,V.w-gl_FragCoord.y)-V.xy)/V.z;vec2 q=p-vec2(10.,-70.);float r=length(q),a=atan(q.y,q.x);
 float ray=texture(N,vec2(a*.32,T*.004)).g*texture(N,vec2(a*.9+.3,.5-T*.006)).g;
 float m=texture(N,vec2(p.x*.0016+T*.006,p.y*.006)).g;
 vec3 c=KEY*(exp(-r/170.)*.10+ray*exp(-r/240.)*.34*smoothstep(40.,190.,r))*F.z;
 c+=mix(LOW,FILL,.4)*m*m*exp(-abs(p.y-30.)/34.-max(abs(p.x)-120.,0.)/70.)*.22*F.z*(1.+1.4*unravel);
 c+=LOW*unravel*unravel*exp(-r/300.)*.16;
 vec2 e=gl_FragCoord.xy/R*2.-1.;float dark=smoothstep(.55,1.75,length(e*vec2(.95,1.05)))*(.52+.3*ache)+.10*ache;
 float g=(hash(gl_FragCoord.xy+fract(T))-.5)*.016;
 o=vec4(max(show(c)*(1.-dark*.6)+g*.6,0.),dark);}
